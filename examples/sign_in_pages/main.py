"""Branded sign-in pages: managed login for customers, the classic pages for staff."""

from pathlib import Path

from constructs_auth import (
    AssetCategory,
    AuthApp,
    AuthStack,
    BrandingAsset,
    BrandingSettings,
    ClassicPages,
    ColorMode,
    ManagedLoginBranding,
    OAuth,
    PrefixDomain,
    S3Backend,
    UserPool,
    UserPoolClient,
    UserPoolDomain,
    UserPoolUICustomization,
    WebApplication,
)

HERE = Path(__file__).parent


def define(app: AuthApp) -> AuthStack:
    """Define the stack `sign_in_pages` in *app*."""
    stack = AuthStack(
        app,
        "sign_in_pages",
        region="eu-west-1",
        backend=S3Backend(
            bucket="acme-terraform-state", key="sign_in_pages/terraform.tfstate", region="eu-west-1"
        ),
        tags={"team": "identity"},
    )
    _managed_login(stack)
    _classic_pages(stack)
    return stack


def _managed_login(stack: AuthStack) -> None:
    """Define a logo for the shop; the domain creates Cognito's own branding for the blog."""
    customers = UserPool(stack, "customers")
    shop = UserPoolClient(
        stack,
        "shop",
        user_pool=customers,
        application=WebApplication(
            oauth=OAuth(callback_urls=["https://shop.acme.example/callback"])
        ),
    )
    UserPoolClient(
        stack,
        "blog",
        user_pool=customers,
        application=WebApplication(
            oauth=OAuth(callback_urls=["https://blog.acme.example/callback"])
        ),
    )
    UserPoolDomain(
        stack,
        "customers_domain",
        user_pool=customers,
        domain=PrefixDomain(prefix="acme-customers"),
    )
    ManagedLoginBranding(
        stack,
        "shop_style",
        client=shop,
        branding=BrandingSettings(
            assets=[
                BrandingAsset.from_file(
                    HERE / "logo.svg",
                    category=AssetCategory.FORM_LOGO,
                    color_mode=ColorMode.LIGHT,
                )
            ]
        ),
    )


def _classic_pages(stack: AuthStack) -> None:
    """Define a style sheet for the classic pages of all clients of the pool."""
    staff = UserPool(stack, "staff")
    UserPoolClient(
        stack,
        "intranet",
        user_pool=staff,
        application=WebApplication(
            oauth=OAuth(callback_urls=["https://intranet.acme.example/callback"])
        ),
    )
    domain = UserPoolDomain(
        stack,
        "staff_domain",
        user_pool=staff,
        domain=PrefixDomain(prefix="acme-staff"),
        managed_login_version=1,
    )
    UserPoolUICustomization(
        stack,
        "staff_pages",
        domain=domain,
        pages=ClassicPages.from_files(css=HERE / "pages.css"),
    )


if __name__ == "__main__":
    auth = AuthApp()
    define(auth)
    auth.synth()
