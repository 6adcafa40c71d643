"""What Cognito and its Terraform are: the ground floor, which imports nothing of ours."""
