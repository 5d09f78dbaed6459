import Glibc

/// Why a request to a Modbus device came to nothing, more exactly than a bus needs to know.
enum ModbusFailure: Error, Equatable {
    case error(ExchangeError)
    /// The checksum is wrong.
    case checksum
    /// The device sent fewer registers than it was asked for.
    case short
    /// The program is about to end.
    case interrupted

    /// As the bus tells it.
    var exchangeError: ExchangeError {
        switch self {
        case .error(let error): error
        case .checksum, .short: .badReply
        case .interrupted: .lost(errno: EINTR)
        }
    }
}

/// A reading request: unit, function, address and count, high bytes first.
///
/// Source: MODBUS Application Protocol V1.1b3, 6.1 to 6.4.
typealias RequestBody = InlineArray<6, UInt8>

/// How frames travel on one kind of line. What is the same on all of them is in ``ModbusLink``. Not to be used by two threads
/// at a time.
protocol ModbusWire: AnyObject {
    var isConnected: Bool { get }
    /// Makes the connection, if there is none; where others make it, takes the newest.
    func connect(until deadline: Int64) throws(ExchangeError)
    /// Takes a connection that is made already, in the place of the one there is.
    func adopt(_ descriptor: Int32)
    /// Lets go of the connection, and of a listener.
    func disconnect()
    /// Gives the connection up after an error; a listener goes on.
    func giveUp()

    /// Makes sure that nothing that came unasked is taken for the reply to the next request.
    func prepare(_ unit: Int, _ counters: inout DeviceCounters) throws(ModbusFailure)
    /// Sends a request.
    func send(_ body: RequestBody, _ shape: ReplyShape, unit: Int) throws(ModbusFailure)
    /// Takes the next frame; `deadline` is when it must have begun.
    ///
    /// - Returns: Where it begins in ``reply``, with its unit; nil for one that does not answer the request under way.
    func receive(
        _ shape: ReplyShape, unit: Int, until deadline: Int64, _ counters: inout DeviceCounters
    ) throws(ModbusFailure) -> Int?
    /// What ``receive(_:unit:until:_:)`` took.
    var reply: [UInt8] { get }
    /// Called after a request that was not answered.
    func missed()

    /// What may still be answered of a unit, where order and shape alone tell replies apart; nil where numbers do.
    func unanswered(of unit: Int) -> UnansweredRequests?
}
