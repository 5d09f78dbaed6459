package import AQICore
package import HJ212

/// A platform to which this station uploads, and as what it is known there.
package struct Destination: Equatable, Sendable {
    /// A pollutant as the platform wants it.
    package struct Factor: Equatable, Sendable {
        package var code: String
        package var pollutant: Pollutant
        /// How many places after the point a thousandth of the pollutant's unit has in the platform's: 3 where the unit is the
        /// same, 6 for mg/m³ instead of µg/m³, 0 for µg/m³ instead of mg/m³.
        package var places: Int

        package init(code: String, pollutant: Pollutant, places: Int) {
            self.code = code
            self.pollutant = pollutant
            self.places = places
        }
    }

    /// What goes out by itself.
    package enum Content: String, CaseIterable, Sendable {
        /// 2061, when an hour becomes final or is made anew.
        case hours
        /// 2051, the means of minutes, when they are over and stored.
        case minutes
        /// 2011, the newest samples; of these alone what is missed is missed.
        case realtime
    }

    package var name: String
    package var host: String
    package var port: Int
    package var password: String
    package var dialect: Dialect
    /// The MN of each station that is uploaded, by its key.
    package var stations: [String: String]
    package var factors: [Factor]
    package var sends: Set<Content> = [.hours]
    /// Seconds between two 2011.
    package var realtimeSeconds = 30
    /// Whether the platform may set that interval and have instruments calibrated, and how long a calibration takes.
    package var allowsReverseControl = false
    package var calibrationMinutes = 30
    /// Packets a minute of what waited while the platform was away.
    package var catchUpPerMinute: Int

    package init(
        name: String, host: String, port: Int, password: String, dialect: Dialect, stations: [String: String],
        factors: [Factor], catchUpPerMinute: Int = 60
    ) {
        self.name = name
        self.host = host
        self.port = port
        self.password = password
        self.dialect = dialect
        self.stations = stations
        self.factors = factors
        self.catchUpPerMinute = catchUpPerMinute
    }

    /// The name under which the store remembers how far a content has come.
    package func cursorName(_ content: Content) -> String { content == .hours ? name : "\(name) (\(content.rawValue))" }
}
