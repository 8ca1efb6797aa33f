export interface Room {
  id: string;
  title: string;
  ownerId: string;
  seats: number;
  createdAt: string;
}

export interface RoomSummary {
  id: string;
  title: string;
  members: number;
}

/** What clients before 1.2 were sent. */
export interface LegacyRoom {
  roomId: string;
  name: string;
}
