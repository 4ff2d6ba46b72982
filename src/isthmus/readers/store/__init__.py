"""What a run left: findings and digests."""
