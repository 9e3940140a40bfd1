// contextVariables of Chat
If(IsBlank(LookUp(Cases, Case = GUID(Param("recordId")))), "", JSON({
    Ticket: LookUp(Cases, Case = GUID(Param("recordId"))).'Case Number',
    Title: LookUp(Cases, Case = GUID(Param("recordId"))).'Case Title'
}))
