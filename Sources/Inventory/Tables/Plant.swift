package import AQICore

/// A plant of the emission-reduction list (减排清单), with what is the same for all of its processes.
///
/// Source: Plan 五(四)5, 五(五), 五(七), 附件6.
package struct Plant: Sendable {
    /// How raw materials and products come and go.
    package enum Transport: String, CaseIterable, Sendable {
        case road, rail, water, pipeline, conveyor, mixed
    }

    /// What a plant uses in a day, in thousandths of m³ and of kWh.
    package struct Consumption: Equatable, Sendable {
        package var gas: Int64?
        package var power: Int64?

        package init(gas: Int64? = nil, power: Int64? = nil) {
            self.gas = gas
            self.power = power
        }
    }

    package var id: String
    package var name: String
    package var area: String
    package var isInPark: Bool
    package var transport: Transport?
    /// Moved in a year, in grams.
    package var transported: Int64?
    package var membership: Membership?
    /// Makes nothing for long: stated, and not counted (Plan 五(四)3).
    package var isIdle: Bool
    /// Not published (Plan 五(三)).
    package var isClassified: Bool
    /// When its ratings were given: findings before are settled. Nil: all of them count.
    package var rated: NaturalDay?
    package var batches: Int64
    package var preparationHours: Int64?
    package var responsible: String
    package var phone: String
    package var ordinary: Consumption
    package var limits: ByLevel<Consumption>
    /// Why a rule that holds "in principle" (原则上) does not hold here; empty where it does.
    package var exception: String
    package var line: SourceLine

    package init(id: String, name: String, area: String, line: SourceLine) {
        self.id = id
        self.name = name
        self.area = area
        self.line = line
        isInPark = false
        isIdle = false
        isClassified = false
        batches = 1
        responsible = ""
        phone = ""
        ordinary = Consumption()
        limits = ByLevel { _ in Consumption() }
        exception = ""
    }
}

/// The lists whose plants are not stopped.
package struct Membership: Equatable, Sendable {
    /// Why a plant is on a list.
    package enum Ground: String, CaseIterable, Sendable {
        // The positive list, Plan 五(五)1.
        case ratedA = "a-rated"
        case leader, strategic, export
        case zeroEmission = "zero-emission"
        case microEmission = "micro-emission"
        case construction, resettlement
        // The guaranteed enterprises, Plan 五(五)3.
        case heating, waste
        case hazardousWaste = "hazardous-waste"
        case military, government, supplier

        package var isGuaranteed: Bool {
            switch self {
            case .ratedA, .leader, .strategic, .export, .zeroEmission, .microEmission, .construction, .resettlement:
                false
            case .heating, .waste, .hazardousWaste, .military, .government, .supplier: true
            }
        }
    }

    package var ground: Ground
    /// The last day; a key exporter is on the list until its order is done, then as everybody.
    package var until: NaturalDay?
    /// The most that the task allows, of the whole load (guaranteed enterprises).
    package var largestLoad: Cut?

    package init(ground: Ground, until: NaturalDay? = nil, largestLoad: Cut? = nil) {
        self.ground = ground
        self.until = until
        self.largestLoad = largestLoad
    }
}
