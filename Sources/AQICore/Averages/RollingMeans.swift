// For many channels at once, in memory from the heap, in the library: no command of the program needs it yet. A logger has
// `StationWindows`.
#if !hasFeature(Embedded)

    /// Rolling means of any number of channels, hour by hour: a row is an hour, a lane a channel, sixteen lanes a vector.
    ///
    /// Rows come as ``Lanes``, sixteen channels an element, the last one filled up with absent ones. Sums are integers: they
    /// are as exact after ten years as on the first day. No allocation after ``init(channelCount:hours:hoursNeeded:)``; a channel
    /// takes ``bytesPerChannel(hours:)``.
    ///
    /// - Complexity: O(channels) an hour.
    ///
    /// Source: GB 3095 table 4 (8 h means need 6 hours, 24 h means 20); rounding GB/T 8170, half to even, to a thousandth.
    public struct RollingMeans: Sendable {
        /// How many channels there are.
        public let channelCount: Int
        /// The width of the window.
        public let hours: Int32
        /// How many valid hours a mean needs.
        public let hoursNeeded: Int32
        /// The hour taken in last, or nil before the first.
        public private(set) var last: Hour?

        /// `hours` rows of `groupCount` vectors, the newest at `newest`.
        private var ring: [Lanes]
        private var windows: [LaneWindow]
        private var newest = 0
        /// One divisor a count that a valid mean can have.
        private let divisors: [Divisor]

        /// A count and `ceil(2^32 / count) - 1`, sixteenfold; see `rounded`.
        private struct Divisor {
            var count: Lanes
            var reciprocal: SIMD16<UInt32>

            init(_ count: Int32) {
                self.count = Lanes(repeating: count)
                let whole = ((1 << 32) + UInt64(count) - 1) / UInt64(count)
                reciprocal = SIMD16(repeating: UInt32(whole - 1))
            }
        }

        /// What a channel takes: its ring, and a sum and two counts.
        public static func bytesPerChannel(hours: Int32) -> Int32 { 4 * hours + 12 }

        /// Vectors a row.
        public var groupCount: Int { windows.count }

        /// Windows in which nothing came yet.
        ///
        /// - Throws: ``LaneError`` for no channels, and for windows that are not of 1...24 hours or that need none or more of
        ///   them than there are.
        public init(channelCount: Int, hours: Int32, hoursNeeded: Int32) throws(LaneError) {
            guard channelCount > 0 else { throw .noChannels }
            guard hours >= 1, hours <= 24, hoursNeeded >= 1, hoursNeeded <= hours else {
                throw .badWindow(hours: hours, hoursNeeded: hoursNeeded)
            }
            self.channelCount = channelCount
            self.hours = hours
            self.hoursNeeded = hoursNeeded
            divisors = (hoursNeeded...hours).map(Divisor.init)
            let groupCount = (channelCount + 15) / 16
            ring = [Lanes](repeating: .absent, count: groupCount * Int(hours))
            windows = [LaneWindow](repeating: LaneWindow(), count: groupCount)
        }

        /// Takes one hour in. Hours between the last one and this one are missing.
        ///
        /// - Parameters:
        ///   - hour: Later than the last one.
        ///   - row: ``groupCount`` vectors of packed ``Concentration``s.
        /// - Throws: ``LaneError``; nothing changes then.
        public mutating func advance(to hour: Hour, _ row: Span<Lanes>) throws(LaneError) {
            guard row.count == groupCount else { throw .wrongWidth(have: row.count, need: groupCount) }
            if let last {
                guard hour > last else { throw .notLater(last: last, given: hour) }
                for _ in 0..<min(hour - last - 1, hours) { push { _ in .absent } }
            }
            push { row[$0] }
            last = hour
        }

        @inline(always)
        private mutating func push(_ entering: (Int) -> Lanes) {
            newest = newest == Int(hours) - 1 ? 0 : newest + 1
            let start = newest * groupCount
            for group in windows.indices {
                let row = entering(group)
                windows[group].slide(entering: row, leaving: ring[start + group])
                ring[start + group] = row
            }
        }

        /// The mean of a channel over the window that ends with the last hour, whether or not it has the hours it needs.
        ///
        /// - Returns: An empty mean for a channel that there is not.
        public func mean(of channel: Int) -> Mean {
            guard channel >= 0, channel < channelCount else { return Mean() }
            let window = windows[channel / 16]
            let lane = channel % 16
            guard window.largeCounts[lane] == 0 else { return addedUp(channel) }
            return Mean(sum: Int64(window.sums[lane]), count: window.counts[lane])
        }

        /// The means of all channels, packed: rounded half to even to a thousandth, or missing with `insufficient`.
        ///
        /// - Throws: ``LaneError/wrongWidth(have:need:)``.
        public func means(into output: inout MutableSpan<Lanes>) throws(LaneError) {
            guard output.count == groupCount else { throw .wrongWidth(have: output.count, need: groupCount) }
            for group in windows.indices {
                var means = rounded(windows[group], divisors.span)
                if anyLane(windows[group].largeCounts .> Lanes(repeating: 0)) {
                    for lane in 0..<16 where windows[group].largeCounts[lane] > 0 {
                        let mean = addedUp(group * 16 + lane)
                        if mean.count >= hoursNeeded { means[lane] = mean.rounded(toStep: 1) }
                    }
                }
                output[group] = means
            }
        }

        /// The sum made anew from the rows, for a window with a value so large that the running sum may have wrapped.
        private func addedUp(_ channel: Int) -> Mean {
            var mean = Mean()
            for hour in 0..<Int(hours) {
                mean.add(Concentration(packed: ring[hour * groupCount + channel / 16][channel % 16]))
            }
            return mean
        }

        /// Sixteen divisions by counts of at most 24, rounded half to even, without dividing.
        ///
        /// With `m = ceil(2^32 / count)`, `sum * m >> 32` is the quotient or one more; the remainder tells. `m - 1` is what fits
        /// into 32 bits. Sums are shifted by an even number of units a value, so that they are never negative, and the means
        /// back.
        @inline(always)
        private func rounded(_ window: LaneWindow, _ divisors: Span<Divisor>) -> Lanes {
            let counts = window.counts
            let shift = LaneWindow.largestSummable
            // Values within 89,478,484 either way, moved up by it: at most 24 * 2 * 89,478,484 < 2^32.
            let sums = SIMD16<UInt32>(truncatingIfNeeded: window.sums &+ counts &* Lanes(repeating: shift))
            var reciprocal = SIMD16<UInt32>(repeating: 0)
            for place in divisors.indices {
                reciprocal = reciprocal.replacing(
                    with: divisors[place].reciprocal, where: counts .== divisors[place].count)
            }
            let wide = SIMD16<UInt64>(truncatingIfNeeded: sums)
            let products = wide &* SIMD16<UInt64>(truncatingIfNeeded: reciprocal) &+ wide
            var quotients = Lanes(truncatingIfNeeded: products &>> SIMD16(repeating: 32))
            var remainders = Lanes(truncatingIfNeeded: sums) &- quotients &* counts
            let isOneMore = remainders .< Lanes(repeating: 0)
            let one = Lanes(repeating: 1)
            quotients = quotients.replacing(with: quotients &- one, where: isOneMore)
            remainders = remainders.replacing(with: remainders &+ counts, where: isOneMore)
            let twice = remainders &+ remainders
            let isOdd = (quotients & one) .== one
            let goesUp = (twice .> counts) .| ((twice .== counts) .& isOdd)
            quotients = quotients.replacing(with: quotients &+ one, where: goesUp)
            return Lanes(repeating: Concentration.missing(.insufficient).packed)
                .replacing(with: quotients &- Lanes(repeating: shift), where: counts .>= Lanes(repeating: hoursNeeded))
        }
    }

    /// Why rows of channels cannot be taken in.
    public enum LaneError: Error, Equatable, Sendable {
        /// A window over no channels at all.
        case noChannels
        /// A window that no standard has.
        case badWindow(hours: Int32, hoursNeeded: Int32)
        /// A row of another width.
        case wrongWidth(have: Int, need: Int)
        /// The hour is not after the one taken in last.
        case notLater(last: Hour, given: Hour)
    }
#endif
