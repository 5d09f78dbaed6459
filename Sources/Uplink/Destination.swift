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

    package var name: String
    package var host: String
    package var port: Int
    package var password: String
    package var dialect: Dialect
    /// The MN of each station that is uploaded, by its key.
    package var stations: [String: String]
    package var factors: [Factor]
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
}
