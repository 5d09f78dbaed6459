/// A figure of the year that belongs to no source.
///
/// Source: Plan 五(四)3.
package struct BaseFigure: Sendable {
    package enum Quantity: String, CaseIterable, Sendable {
        /// Grams that this year's routine work takes away.
        case routineCut = "routine-cut"
        /// Grams that this year's new capacity adds.
        case newCapacity = "new-capacity"
        /// The largest share of dust in PM, in hundredths of a per cent: that of the season's PM2.5 source apportionment.
        case dustShare = "dust-share"
        /// How many days are heated.
        case heatingDays = "heating-days"

        /// Whether it is of one sector and pollutant.
        package var isEmission: Bool { self == .routineCut || self == .newCapacity }
    }

    package var quantity: Quantity
    package var sector: Sector?
    package var pollutant: EmittedPollutant?
    package var value: Int64
    package var line: SourceLine

    package init(
        quantity: Quantity, sector: Sector? = nil, pollutant: EmittedPollutant? = nil, value: Int64, line: SourceLine
    ) {
        self.quantity = quantity
        self.sector = sector
        self.pollutant = pollutant
        self.value = value
        self.line = line
    }
}
