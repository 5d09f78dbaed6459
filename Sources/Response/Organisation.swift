/// A department that carries measures out.
///
/// Source: Plan 附件5.
package struct Department: Equatable, Sendable {
    package let id: String
    package let name: Bilingual
    package let clause: String

    package init(id: String, name: Bilingual, clause: String) {
        self.id = id
        self.name = name
        self.clause = clause
    }

    /// Whether a person means this one.
    package func isCalled(_ name: String) -> Bool { id == name || self.name.zh == name || self.name.en == name }
}

/// A part of the city with a headquarters of its own, or the city.
///
/// Source: Plan 二(三).
package struct Area: Equatable, Sendable {
    package let name: Bilingual
    /// Six digits of GB/T 2260.
    package let code: String
    package let clause: String

    package init(name: Bilingual, code: String, clause: String) {
        self.name = name
        self.code = code
        self.clause = clause
    }

    /// Whether a person means this one.
    package func isCalled(_ name: String) -> Bool { code == name || self.name.zh == name || self.name.en == name }
}

/// Vehicles that no traffic ban covers.
///
/// Source: Plan 五(六)2.
package struct FreeVehicle: Equatable, Sendable {
    package let id: String
    package let name: Bilingual
    package let clause: String

    package init(id: String, name: Bilingual, clause: String) {
        self.id = id
        self.name = name
        self.clause = clause
    }
}
