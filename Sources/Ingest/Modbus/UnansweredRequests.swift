/// What a reply over a serial line can be told by: it names neither the address nor the number of its request.
///
/// Source: MODBUS over Serial Line V1.02, 2.2: unit, function, data, checksum.
struct ReplyShape: Hashable {
    var function: UInt8
    /// The bytes of data that a reply to the request carries.
    var byteCount: Int
}

/// The requests to one unit of a serial line whose answers may still come, in the order in which they were sent. Pure.
///
/// A reply that comes late looks like the reply to any later request of the same shape, and time-outs do not bound how late it
/// may be: a modem that was out of reach delivers minutes later. What makes a line safe again is order: a unit answers one
/// request after the other, and a line lets no frame overtake another. Hence
///
/// 1. a reply answers the earliest unanswered request of its shape, or one after that; and
/// 2. once a request is answered, no answer to an earlier one will come.
///
/// So a reply is taken for the answer to the *earliest* request that it can answer: that request and all before it are over,
/// whatever the truth is. It is the answer to the request under way only where no earlier one has its shape. Therefore, after
/// a loss, the next request of that shape could not be answered, and a *marker* is sent first: a read of another shape, of
/// which the value is thrown away. Its answer ends what was lost before it. If the marker is lost too it waits in the same
/// row, and no answer to it can be taken for a value, because no request for values may have its shape.
///
/// An exception tells no length: it may answer any unanswered request with its function.
struct UnansweredRequests {
    private struct Sent {
        var shape: ReplyShape
        var number: Int
        var time: Int64
    }

    /// How long an answer can be under way at all, in milliseconds: an hour. A device forgets a request in seconds, and TCP
    /// (tcp(7), tcp_retries2) gives a connection up after a quarter of an hour at most.
    static let longestMs: Int64 = 3_600_000

    private var row: [Sent] = []
    private var sent = 0

    /// Whether nothing is under way.
    var isEmpty: Bool { row.isEmpty }

    /// Whether the reply to a request of this shape could not be told from a late one.
    func isAmbiguous(_ shape: ReplyShape) -> Bool { row.contains { $0.shape == shape } }

    /// Whether an exception to this function could not be told from a late one.
    func isAmbiguous(function: UInt8) -> Bool { row.contains { $0.shape.function == function } }

    /// A request is sent at `time`, in milliseconds of any clock.
    mutating func send(_ shape: ReplyShape, at time: Int64) {
        row.removeAll { time - $0.time > UnansweredRequests.longestMs }
        sent += 1
        row.append(Sent(shape: shape, number: sent, time: time))
    }

    /// What a reply is.
    enum Verdict: Equatable {
        /// The answer to the latest request.
        case fresh
        /// The answer to an earlier request, or perhaps to one.
        case late
        /// No answer to any request.
        case stranger
    }

    /// Takes in a reply with data.
    mutating func receive(_ shape: ReplyShape) -> Verdict { answer { $0.shape == shape } }

    /// Takes in an exception.
    mutating func receiveException(function: UInt8) -> Verdict { answer { $0.shape.function == function } }

    private mutating func answer(_ canBe: (Sent) -> Bool) -> Verdict {
        guard let place = row.firstIndex(where: canBe) else { return .stranger }
        let isLatest = row[place].number == sent
        row.removeSubrange(...place)
        return isLatest ? .fresh : .late
    }
}
