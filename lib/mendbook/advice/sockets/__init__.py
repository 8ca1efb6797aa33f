"""Socket.io: the adapter, the options of the server, and what the cluster is made to carry."""

from mendbook.advice.sockets.advise import advise, applies

__all__ = ["advise", "applies"]
