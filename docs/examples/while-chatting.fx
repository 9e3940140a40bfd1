// Visible of a container that is only of use during a chat
Chat.chatState = "chatting" Or Chat.chatState = "user-action"
