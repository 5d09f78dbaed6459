import Testing

@testable import Ingest

@Suite("Ingest: why an exchange failed, as other programs read it") struct ExchangeErrorTests {
    @Test(arguments: [
        ExchangeError.cannotConnect(errno: 111), .lost(errno: 0), .timeout, .badReply, .exception(code: 2),
        .exception(code: 255),
    ])
    func `what is written is read again`(error: ExchangeError) { #expect(ExchangeError("\(error)") == error) }

    @Test(arguments: ["", "timeout 3", "exception", "exception x", "exception 2 2", "lost 99999999999", "tired"])
    func `what a newer monitor may write is no error that is known`(text: String) {
        #expect(ExchangeError(text) == nil)
    }
}
