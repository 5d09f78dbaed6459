/// How a simulated device misbehaves, and when.
package struct Misbehaviour: Equatable, Sendable {
    /// What a device does instead of answering as it should; the names are those of the command line.
    package enum Kind: String, CaseIterable, Sendable {
        /// No answer.
        case silence
        /// The right answer, too late; the parameter is milliseconds.
        case late
        /// An answer to somebody else's request: over TCP another transaction, on a serial line another unit.
        case wrongID = "wrong-id"
        /// An answer with more or fewer registers than were asked for, in a frame that is right in itself; the
        /// parameter is how many more.
        case wrongLength = "wrong-length"
        /// A refusal; the parameter is its code (MODBUS Application Protocol V1.1b3, 7).
        case exception
        /// A checksum that does not fit; over TCP, which has none, a protocol identifier that is not Modbus'.
        case crcError = "crc-error"
        /// The right answer in three pieces; the parameter is the milliseconds between them.
        case split
        /// Stray bytes, then the right answer; the parameter is how many bytes.
        case noise
        /// Over TCP the connection is reset (RST); on a serial line the answer breaks off in the middle.
        case reset
        /// Over TCP the connection stays open and is never answered again; on a serial line silence.
        case halfOpen = "half-open"
        /// The right answer byte by byte; the parameter is the milliseconds between two.
        case slowBytes = "slow-bytes"

        /// The parameter where none is given; nil where the kind has none.
        package var usualParameter: Int? {
            switch self {
            case .late: 2000
            case .wrongLength: -1
            case .exception: 4
            case .split: 20
            case .noise: 5
            case .slowBytes: 5
            case .silence, .wrongID, .crcError, .reset, .halfOpen: nil
            }
        }

        /// What the parameter may be.
        var parameters: ClosedRange<Int> {
            switch self {
            case .late, .split, .slowBytes: 0...3_600_000
            case .wrongLength: -125...125
            case .exception: 1...255
            case .noise: 1...1000
            case .silence, .wrongID, .crcError, .reset, .halfOpen: 0...0
            }
        }
    }

    /// Which requests are answered so; they are counted from 1, over all devices and connections of a simulator.
    package enum Occasion: Equatable, Sendable {
        case always
        /// Each request whose number this divides.
        case every(Int)
        case requests(ClosedRange<Int>)
        /// Requests that begin at this address.
        case address(Int)
        /// So many requests of a hundred, drawn from the simulator's seed.
        case percent(Int)
    }

    package var kind: Kind
    package var parameter: Int
    package var occasion: Occasion

    /// A kind with its usual parameter unless another is given.
    package init(_ kind: Kind, parameter: Int? = nil, _ occasion: Occasion = .always) {
        self.kind = kind
        self.parameter = parameter ?? kind.usualParameter ?? 0
        self.occasion = occasion
    }

    /// Reads `KIND[:PARAMETER][@WHEN]`, where WHEN is `5` (every fifth request), `4-6` (requests 4 to 6) or `10%`.
    package init?(text: String) {
        let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let parts = halves[0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let kind = Kind(rawValue: String(parts[0])) else { return nil }
        var parameter: Int?
        if parts.count == 2 {
            guard kind.usualParameter != nil, let number = Int(parts[1]), kind.parameters.contains(number) else {
                return nil
            }
            parameter = number
        }
        var occasion = Occasion.always
        if halves.count == 2 {
            guard let read = Misbehaviour.occasion(halves[1]) else { return nil }
            occasion = read
        }
        self.init(kind, parameter: parameter, occasion)
    }

    private static func occasion(_ text: Substring) -> Occasion? {
        if text.last == "%" {
            guard let percent = Int(text.dropLast()), (0...100).contains(percent) else { return nil }
            return .percent(percent)
        }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        switch ends.count {
        case 1: return ends[0].flatMap { $0 > 0 ? .every($0) : nil }
        case 2:
            guard let first = ends[0], let last = ends[1], 1 <= first, first <= last else { return nil }
            return .requests(first...last)
        default: return nil
        }
    }
}

/// Decides request by request how a simulated device behaves; the same seed and the same requests give the same
/// conduct.
struct Conduct: Sendable {
    var misbehaviours: [Misbehaviour] = []
    /// Requests that came, and those that were not answered as they should.
    private(set) var requestCount = 0
    private(set) var misbehavedCount = 0
    private var random: SplitMix

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
    }

    /// The misbehaviour with which the next request is met; nil for a right answer.
    mutating func next(address: Int) -> Misbehaviour? {
        requestCount += 1
        for misbehaviour in misbehaviours {
            let fits =
                switch misbehaviour.occasion {
                case .always: true
                case .every(let step): requestCount % step == 0
                case .requests(let numbers): numbers.contains(requestCount)
                case .address(let wanted): address == wanted
                case .percent(let percent): random.next(100) < percent
                }
            if fits {
                misbehavedCount += 1
                return misbehaviour
            }
        }
        return nil
    }

    /// Bytes that nobody sent on purpose.
    mutating func noise(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(random.next(256)) } }
}
