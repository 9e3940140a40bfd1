// ChatFailed of Chat
Notify("The chat could not start. Please call extension 4357.", NotificationType.Error)
