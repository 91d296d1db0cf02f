"""From "I am interested" to a welcomed partner."""
