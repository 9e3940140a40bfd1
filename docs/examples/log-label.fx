// Text of a label
"Chats: " & Coalesce(ChatCount, 0) & ", messages: " & CountRows(ChatLog)
