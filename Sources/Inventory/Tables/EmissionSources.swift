/// Whatever emits, and what it gives up at each level.
package protocol EmissionSource: Sendable {
    var emissions: Emissions { get }
    var cuts: ByLevel<Cut> { get }
    var line: SourceLine { get }
}

/// A process of a plant: a row of the list.
///
/// Source: Plan 五(四)5.
package struct PlantProcess: EmissionSource {
    package var plant: String
    package var name: String
    /// Its number in 附件4, 1...19; nil for all others.
    package var industry: Int?
    package var emissions: Emissions
    package var rating: Rating
    /// Production lines.
    package var lineCount: Int64
    package var actions: ByLevel<String>
    package var stated: ByLevel<Cut>
    /// What is given up all winter; it counts towards the reduction (Plan 五(四)3).
    package var seasonal: Cut
    package var line: SourceLine

    package init(plant: String, name: String, industry: Int?, line: SourceLine) {
        self.plant = plant
        self.name = name
        self.industry = industry
        self.line = line
        emissions = .none
        rating = .none
        lineCount = 1
        actions = ByLevel { _ in "" }
        stated = ByLevel { _ in .none }
        seasonal = .none
    }

    /// All cuts are of the base, so that a season's is part of a level's and not beside it **[ours]**.
    package var cuts: ByLevel<Cut> { ByLevel { max(stated[$0], seasonal) } }
}

/// A heating plant, or the households of a place that burn coal.
package struct HeatingSource: EmissionSource {
    package enum Kind: String, CaseIterable, Sendable {
        case boiler, household
    }

    package var name: String
    package var area: String
    package var kind: Kind
    package var households: Int64
    /// Hundredths of m².
    package var heatedArea: Int64
    /// Hundredths of °C that are kept in the rooms.
    package var temperature: Int64
    /// What heats where this one does not.
    package var substitute: String
    package var emissions: Emissions
    package var cuts: ByLevel<Cut>
    package var line: SourceLine

    package init(
        name: String, area: String, kind: Kind, households: Int64, heatedArea: Int64, temperature: Int64,
        substitute: String, emissions: Emissions, cuts: ByLevel<Cut>, line: SourceLine
    ) {
        self.name = name
        self.area = area
        self.kind = kind
        self.households = households
        self.heatedArea = heatedArea
        self.temperature = temperature
        self.substitute = substitute
        self.emissions = emissions
        self.cuts = cuts
        self.line = line
    }
}

/// Vehicles or machines of one type, fuel and emission standard.
package struct Fleet: EmissionSource {
    package enum Vehicle: String, CaseIterable, Sendable {
        case heavyTruck = "heavy-truck"
        case mediumTruck = "medium-truck"
        case lightTruck = "light-truck"
        case bus, car, motorcycle
        case threeWheeler = "three-wheeler"
        case lowSpeedTruck = "low-speed-truck"
        case tractor
        case nonRoad = "non-road"
    }

    package enum Fuel: String, CaseIterable, Sendable {
        case diesel, petrol, gas, electric
    }

    package enum Standard: String, CaseIterable, Sendable {
        case none = "0"
        case one = "1"
        case two = "2"
        case three = "3"
        case four = "4"
        case five = "5"
        case six = "6"
    }

    package var vehicle: Vehicle
    package var fuel: Fuel
    package var standard: Standard
    package var count: Int64
    package var emissions: Emissions
    package var cuts: ByLevel<Cut>
    package var line: SourceLine

    package init(
        vehicle: Vehicle, fuel: Fuel, standard: Standard, count: Int64, emissions: Emissions, cuts: ByLevel<Cut>,
        line: SourceLine
    ) {
        self.vehicle = vehicle
        self.fuel = fuel
        self.standard = standard
        self.count = count
        self.emissions = emissions
        self.cuts = cuts
        self.line = line
    }
}

/// A site, a road or a yard: dust, which is counted apart within PM.
package struct DustSource: EmissionSource {
    package enum Kind: String, CaseIterable, Sendable {
        case construction, road, yard
    }

    /// What a site of key construction must have to be on the positive list.
    ///
    /// Source: Plan 五(五)2.
    package enum Precaution: String, CaseIterable, Sendable {
        case sixHundredPercent = "six-100"
        case video
        case pm10 = "pm10-online"
        case fogCannon = "fog-cannon"
        case lowDust = "dust-below-0.5m"
        case supervisor
        case netting
    }

    package var name: String
    package var area: String
    package var kind: Kind
    package var emissions: Emissions
    package var cuts: ByLevel<Cut>
    package var isPositive: Bool
    package var precautions: Set<Precaution>
    package var line: SourceLine

    package init(
        name: String, area: String, kind: Kind, emissions: Emissions, cuts: ByLevel<Cut>, isPositive: Bool,
        precautions: Set<Precaution>, line: SourceLine
    ) {
        self.name = name
        self.area = area
        self.kind = kind
        self.emissions = emissions
        self.cuts = cuts
        self.isPositive = isPositive
        self.precautions = precautions
        self.line = line
    }
}
