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

/// As other programs read it, one of what is written here: `cannotConnect 111`, `lost 104`, `timeout`, `badReply`, `exception 2`.
extension ExchangeError: LosslessStringConvertible {
    package var description: String {
        switch self {
        case .cannotConnect(let errno): "cannotConnect \(errno)"
        case .lost(let errno): "lost \(errno)"
        case .timeout: "timeout"
        case .badReply: "badReply"
        case .exception(let code): "exception \(code)"
        }
    }

    package init?(_ description: String) {
        let parts = description.split(separator: " ")
        let number = parts.count == 2 ? Int32(parts[1]) : nil
        switch (parts.first, number) {
        case ("cannotConnect", let errno?): self = .cannotConnect(errno: errno)
        case ("lost", let errno?): self = .lost(errno: errno)
        case ("exception", let code?): self = .exception(code: Int(code))
        case ("timeout", nil) where parts.count == 1: self = .timeout
        case ("badReply", nil) where parts.count == 1: self = .badReply
        default: return nil
        }
    }
}
