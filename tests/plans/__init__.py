"""Plans that real Terraform made with the real provider, and what a review must say of them."""
