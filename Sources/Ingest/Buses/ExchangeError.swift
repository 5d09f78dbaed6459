/// Why an exchange with a device came to nothing; the same for every protocol.
package enum ExchangeError: Error, Equatable, Sendable {
    /// The line cannot be opened.
    case cannotConnect(errno: Int32)
    /// The other end went away.
    case lost(errno: Int32)
    /// No answer in time.
    case timeout
    /// An answer that cannot be right: checksum, length, address, transaction.
    case badReply
    /// The device refused with an exception code.
    ///
    /// Source: MODBUS Application Protocol V1.1b3, 7.
    case exception(code: Int)
}
