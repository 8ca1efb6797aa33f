"""Socket.io: the adapter, the options of the server, and what the cluster is made to carry."""

from mendbook.infrastructure.sockets.advise import advise

__all__ = ["advise"]
