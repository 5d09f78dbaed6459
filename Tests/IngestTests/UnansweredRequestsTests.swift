import Testing

@testable import Ingest

/// A unit that answers in order, as late as it likes, or not at all; and a master that keeps to ``UnansweredRequests``.
@Suite("Ingest: what may still be answered") struct UnansweredRequestsTests {
    private let values = ReplyShape(function: 3, byteCount: 4)
    private let marker = ReplyShape(function: 3, byteCount: 2)

    @Test func `an answer in time is the answer`() {
        var unanswered = UnansweredRequests()
        for _ in 0..<3 {
            unanswered.send(values, at: 0)
            #expect(unanswered.receive(values) == .fresh)
            #expect(unanswered.isEmpty)
        }
        unanswered.send(values, at: 0)
        #expect(unanswered.receiveException(function: 3) == .fresh)
    }

    @Test func `after a loss a reply of the same shape is the late one, until a marker was answered`() {
        var unanswered = UnansweredRequests()
        unanswered.send(values, at: 0)
        #expect(unanswered.isAmbiguous(values) && unanswered.isAmbiguous(function: 3))
        unanswered.send(marker, at: 1)
        #expect(unanswered.receive(values) == .late)
        #expect(unanswered.receive(marker) == .fresh)
        #expect(!unanswered.isAmbiguous(values))
        unanswered.send(values, at: 2)
        #expect(unanswered.receive(values) == .fresh)
    }

    @Test func `an exception may be the refusal of any request with its function`() {
        var unanswered = UnansweredRequests()
        unanswered.send(values, at: 0)
        unanswered.send(marker, at: 1)
        #expect(unanswered.receiveException(function: 3) == .late)
        #expect(unanswered.receiveException(function: 3) == .fresh)
        #expect(unanswered.receiveException(function: 3) == .stranger)
    }

    @Test func `what was sent an hour ago is not waited for`() {
        var unanswered = UnansweredRequests()
        unanswered.send(values, at: 0)
        unanswered.send(marker, at: UnansweredRequests.longestMs)
        #expect(unanswered.isAmbiguous(values))
        unanswered.send(marker, at: UnansweredRequests.longestMs + 1)
        #expect(!unanswered.isAmbiguous(values))
    }

    /// A request on its way, and what its answer will be.
    private struct InFlight {
        var request: Int
        var shape: ReplyShape
        var isException: Bool
        var arrives: Int
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `whatever is late or lost, no reply is credited to a request that it does not answer`(seed: UInt64) {
        var random = SplitMix(seed: seed)
        let shapes = [values, ReplyShape(function: 3, byteCount: 20), ReplyShape(function: 4, byteCount: 4)]
        let markers = [marker, ReplyShape(function: 2, byteCount: 1), ReplyShape(function: 1, byteCount: 1)]
        var unanswered = UnansweredRequests()
        var line: [InFlight] = []
        var credited = 0
        for number in 0..<4000 {
            let now = number * 10
            var shape = shapes[random.next(shapes.count)]
            if unanswered.isAmbiguous(shape) { shape = markers[random.next(markers.count)] }
            unanswered.send(shape, at: Int64(now))
            // Good and bad weather: mostly in time, else up to four time-outs late, or never. Order is kept.
            let isBad = number / 50 % 2 == 1
            if !(isBad && random.next(4) == 0) {
                let delay = isBad ? random.next(40) : random.next(12)
                line.append(
                    InFlight(
                        request: number, shape: shape, isException: random.next(8) == 0,
                        arrives: max(now + delay, line.last?.arrives ?? 0)))
            }
            // Until the time-out replies are taken from the line.
            while let first = line.first, first.arrives < now + 10 {
                line.removeFirst()
                let verdict =
                    first.isException
                    ? unanswered.receiveException(function: first.shape.function) : unanswered.receive(first.shape)
                guard verdict != .late else { continue }
                #expect(verdict == .stranger || first.request == number, "seed \(seed), request \(number)")
                if verdict == .fresh {
                    credited += 1
                    break
                }
            }
        }
        // The line heals: in good weather nearly everything is answered.
        #expect(credited > 1000, "\(credited)")
    }

    @Test func `a marker has no shape that a request for values has`() {
        let request = RegisterRequest(table: .holding, range: 10..<12)
        let plan: Set = [ModbusLink.shape(request)]
        let first = Marker.candidates(for: request, plan: plan, UnansweredRequests())
        #expect(first.map(\.function) == [3, 4, 2, 1])
        #expect(first.allSatisfy { !plan.contains(ReplyShape(function: $0.function, byteCount: $0.byteCount)) })
        // One register has no part: another table, then bits.
        let short = RegisterRequest(table: .input, range: 5..<6)
        #expect(
            Marker.candidates(for: short, plan: [ModbusLink.shape(short)], UnansweredRequests()).map(\.function)
                == [3, 2, 1])
        // One that was lost is not sent again as long as there is another.
        var unanswered = UnansweredRequests()
        unanswered.send(ReplyShape(function: 3, byteCount: 2), at: 0)
        #expect(Marker.candidates(for: request, plan: plan, unanswered).map(\.function) == [4, 2, 1])
    }
}
