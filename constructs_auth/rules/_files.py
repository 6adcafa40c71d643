"""How large a file is that stands in the Terraform."""


def size_of_base64(text: str) -> int:
    """Count the bytes that *text* in Base64 stands for, without decoding it."""
    kept = "".join(text.split()).rstrip("=")
    return len(kept) * 3 // 4
