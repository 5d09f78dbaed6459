/// What follows from a level: the measures, who carries them out, and by whom the public is told. Data: `Langfang2019/*.toml`.
///
/// Source: 廊坊市重污染天气应急预案, 2019-09-29, 六, 附件4, 附件5, 四(五)4.
package struct ResponsePlan: Equatable, Sendable {
    package let measures: [Measure]
    package let industries: [Industry]
    package let departments: [Department]
    package let city: Area
    package let areas: [Area]
    package let freeVehicles: [FreeVehicle]
    package let channels: [PublicChannel]

    package init(
        measures: [Measure], industries: [Industry], departments: [Department], city: Area, areas: [Area],
        freeVehicles: [FreeVehicle], channels: [PublicChannel]
    ) {
        self.measures = measures
        self.industries = industries
        self.departments = departments
        self.city = city
        self.areas = areas
        self.freeVehicles = freeVehicles
        self.channels = channels
    }

    /// The measures of the level in force in the city or in an area, in the order of the plan, each with whether it runs.
    package func measures(in situation: Situation, area: String? = nil) -> [MeasureInForce] {
        measures.compactMap { measure in
            measure.status(in: situation, area: area).map { MeasureInForce(measure: measure, status: $0) }
        }
    }

    /// The same with those areas alone that a city names; with all where it names none of them.
    package func limited(to names: [String]) -> ResponsePlan {
        let named = areas.filter { area in names.contains { area.isCalled($0) } }
        return ResponsePlan(
            measures: measures, industries: industries, departments: departments, city: city,
            areas: named.isEmpty ? areas : named, freeVehicles: freeVehicles, channels: channels)
    }

    /// Whether a measure keeps a vehicle off the road; nil for a vehicle that is none of the free ones.
    package func restricts(_ measure: Measure, vehicle id: String?) -> Bool {
        measure.restrictsTraffic && !freeVehicles.contains { $0.id == id }
    }

    package func department(_ id: String) -> Department? { departments.first { $0.id == id } }

    /// The departments whose measures are among these, in the order of the plan.
    package func departments(of measures: [MeasureInForce]) -> [Department] {
        departments.filter { department in measures.contains { $0.measure.departments.contains(department.id) } }
    }
}
