/// Somebody who works with the warnings. Roles and persons are many to many; whoever has no role keeps watch: takes orders in,
/// marks dust, records consultations, and signs nothing.
///
/// Source: Plan 二.
package struct Person: Equatable, Codable, Sendable {
    package let name: String
    package let roles: [Role]

    package init(name: String, roles: [Role]) {
        self.name = name
        self.roles = roles
    }
}

extension [Person] {
    /// The person of this name.
    @discardableResult
    package func named(_ name: String) throws(Refusal) -> Person {
        guard let person = first(where: { $0.name == name }) else {
            throw .unknownPerson(name, known: map(\.name))
        }
        return person
    }
}
