import Glibc

/// Reads a device as it is, for people who look for its registers: any table, words as they come. Not to be used by two
/// threads at a time.
package final class RawRead {
    private let link: ModbusLink
    private var counters = DeviceCounters()
    /// Those of all requests so far.
    private var shapes: Set<ReplyShape> = []
    private var marker = 0
    private let isTaken: Bool

    /// A connection that is made with the first request; an answer may take `responseTimeoutMs` to begin.
    package init(_ line: ModbusLine, responseTimeoutMs: Int) throws(ExchangeError) {
        link = try ModbusLink(line, RawRead.options(responseTimeoutMs), Interruption())
        isTaken = false
    }

    /// A client on a descriptor that is open already and that it closes.
    package init(taking descriptor: Int32, isTCP: Bool, responseTimeoutMs: Int) throws(ExchangeError) {
        let line: ModbusLine = isTCP ? .tcp(host: "", port: 0) : .rtuOverTCP(host: "", port: 0)
        link = try ModbusLink(line, RawRead.options(responseTimeoutMs), Interruption())
        link.adopt(descriptor)
        isTaken = true
    }

    private static func options(_ responseTimeoutMs: Int) -> ModbusOptions {
        var options = ModbusOptions()
        options.responseTimeoutMs = responseTimeoutMs
        return options
    }

    deinit { link.disconnect() }

    /// Reads registers, or bits as 0 and 1.
    ///
    /// - Precondition: 1 ... `table.longest` of them.
    /// - Returns: Exactly `count` of them.
    package func read(_ table: RegisterTable, unit: Int, address: Int, count: Int) throws(ExchangeError) -> [UInt16] {
        precondition((1...table.longest).contains(count), "\(count) of \(table)")
        if !isTaken { try link.connect() }
        let request = RegisterRequest(table: table, range: address..<address + count)
        shapes.insert(ModbusLink.shape(request))
        do throws(ModbusFailure) {
            try link.settle(before: request, unit: unit, shapes: shapes, &marker, &counters)
            return try link.read(request, unit: unit, &counters)
        } catch {
            throw error.exchangeError
        }
    }
}
