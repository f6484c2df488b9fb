"""The open, evidence-linked record of who restricts, permits or uses facial recognition."""
