/// One read of consecutive registers.
package struct RegisterRequest: Hashable {
    package var table: RegisterTable
    package var range: Range<Int>

    package init(table: RegisterTable, range: Range<Int>) {
        self.table = table
        self.range = range
    }

    /// MODBUS Application Protocol V1.1b3, 6.3 and 6.4: 1...125 registers a request.
    package static let longest = 125

    /// The bytes of data of its reply: two a register, and bits eight in a byte.
    var byteCount: Int { table.isOfBits ? (range.count + 7) / 8 : range.count * 2 }
}

extension Register {
    /// The request that reads it alone.
    var request: RegisterRequest { RegisterRequest(table: table, range: range) }
}

/// What reading costs, in microseconds: so much a request, and so much a register in it.
package struct RequestCost: Equatable {
    var perRequest: Double
    /// Infinite where no register may be read that nobody wants.
    var perRegister: Double

    package init(perRequest: Double, perRegister: Double) {
        self.perRequest = perRequest
        self.perRegister = perRegister
    }

    /// Only neighbours are joined.
    static let withoutFilling = RequestCost(perRequest: 1, perRegister: .infinity)

    /// The cost of one request.
    func cost(of range: Range<Int>) -> Double { perRequest + perRegister * Double(range.count) }
}

/// Joins the registers of a device into requests. Pure.
///
/// Registers that overlap belong together and are never parted: a number must lie whole in one request, or it would be put
/// together from two moments. Within a table the cheapest way is found: every request costs something, and so does every
/// register that is only read because it lies in between.
package struct RequestPlan: Equatable {
    /// The requests, by table and address.
    package private(set) var requests: [RegisterRequest] = []

    /// The cheapest requests for some registers.
    ///
    /// - Parameters:
    ///   - registers: Ranges of addresses, in any order; they may overlap and repeat.
    ///   - longest: No request is longer, but for a number that is.
    ///   - cost: What a request costs, and a register that nobody wants.
    ///   - cuts: Addresses at which no request may go on from one wanted register to the next.
    /// - Complexity: O(*n* · `longest`) for *n* registers.
    package init(
        _ registers: [RegisterRequest], longest: Int = RegisterRequest.longest, cost: RequestCost,
        cuts: Set<RegisterCut> = []
    ) {
        let fields = RequestPlan.fields(registers)
        var start = 0
        while start < fields.count {
            var end = start
            while end < fields.count, fields[end].table == fields[start].table { end += 1 }
            requests += RequestPlan.cheapest(fields[start..<end], longest, cost, cuts)
            start = end
        }
    }

    /// Overlapping ranges as one, by table and address.
    static func fields(_ registers: [RegisterRequest]) -> [RegisterRequest] {
        let sorted = registers.sorted {
            ($0.table.rawValue, $0.range.lowerBound) < ($1.table.rawValue, $1.range.lowerBound)
        }
        var fields: [RegisterRequest] = []
        for register in sorted {
            if let last = fields.last, last.table == register.table,
                register.range.lowerBound < last.range.upperBound
            {
                let end = max(last.range.upperBound, register.range.upperBound)
                // A chain of overlaps that no request could carry is parted where a register begins: each must be whole.
                if end - last.range.lowerBound > RegisterRequest.longest {
                    fields.append(register)
                } else {
                    fields[fields.count - 1].range = last.range.lowerBound..<end
                }
            } else {
                fields.append(register)
            }
        }
        return fields
    }

    /// The cheapest requests for the fields of one table, from the last field to the first: the best for a field and all
    /// after it is the best first request and the best for what that leaves. Among equals the longest first request wins.
    private static func cheapest(
        _ fields: ArraySlice<RegisterRequest>, _ longest: Int, _ cost: RequestCost, _ cuts: Set<RegisterCut>
    ) -> [RegisterRequest] {
        guard let table = fields.first?.table else { return [] }
        // What is wanted is read in any case, so only what lies in between is charged.
        var costs = [Double](repeating: 0, count: fields.count + 1)
        var ends = [Int](repeating: 0, count: fields.count)
        for first in fields.indices.reversed() {
            let place = first - fields.startIndex
            costs[place] = .infinity
            var filled = 0.0
            var end = fields[first].range.upperBound
            for last in first..<fields.endIndex {
                if last > first {
                    let next = fields[last].range
                    let gap = next.lowerBound - end
                    if cuts.contains(RegisterCut(table: table, address: next.lowerBound)) { break }
                    // 0 · ∞ is no number.
                    if gap > 0 { filled += Double(gap) * cost.perRegister }
                    end = max(end, next.upperBound)
                    if end - fields[first].range.lowerBound > longest || filled == .infinity { break }
                }
                let total = cost.perRequest + filled + costs[last + 1 - fields.startIndex]
                if total <= costs[place] {
                    costs[place] = total
                    ends[place] = last + 1
                }
            }
        }
        var requests: [RegisterRequest] = []
        var first = fields.startIndex
        while first < fields.endIndex {
            let end = ends[first - fields.startIndex]
            let upper = fields[first..<end].reduce(0) { max($0, $1.range.upperBound) }
            requests.append(RegisterRequest(table: table, range: fields[first].range.lowerBound..<upper))
            first = end
        }
        return requests
    }
}

/// A place where a device refuses to be read on from one wanted register to the next: the address of the second.
package struct RegisterCut: Hashable {
    var table: RegisterTable
    var address: Int
}

/// Learns what requests of a device cost from how long they took: a straight line through the quickest of the short ones and
/// of the long ones.
///
/// The quickest, because whatever disturbs a request only makes it longer: a machine that is busy, a gateway that asks another
/// device first. One slow answer would else look like the price of its registers.
struct CostEstimate {
    /// What requests of about one length took: lengths up to 1, 3, 7, ... 127.
    private struct Length {
        var registers: Double
        var microseconds: Double
    }

    private var lengths = [Length?](repeating: nil, count: 8)
    private let guess: RequestCost
    /// The price of a register is measured between lengths that lie so far apart; before that it is guessed.
    private static let spread = 16.0

    /// An estimate that begins with a guess.
    init(guess: RequestCost) {
        self.guess = guess
    }

    /// Takes in one round trip.
    mutating func add(registers: Int, microseconds: Int64) {
        let place = min(lengths.count, Int.bitWidth - max(registers, 1).leadingZeroBitCount) - 1
        let new = Length(registers: Double(registers), microseconds: Double(microseconds))
        guard let old = lengths[place], old.microseconds <= new.microseconds else {
            lengths[place] = new
            return
        }
        // Lines become slower, too: after some fifty round trips it is believed.
        lengths[place]?.microseconds += (new.microseconds - old.microseconds) * 0.02
    }

    /// What requests cost as far as is known.
    var cost: RequestCost {
        let known = lengths.compactMap(\.self)
        guard let short = known.first, let long = known.last else { return guess }
        var perRegister = guess.perRegister
        if long.registers - short.registers >= CostEstimate.spread {
            perRegister = max(0, (long.microseconds - short.microseconds) / (long.registers - short.registers))
        }
        let rest = known.reduce(0) { $0 + $1.microseconds - perRegister * $1.registers }
        return RequestCost(perRequest: max(1, rest / Double(known.count)), perRegister: perRegister)
    }
}
