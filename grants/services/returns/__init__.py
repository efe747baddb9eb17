"""`grants import`: what came back is recognised, reviewed, decided and taken over."""
