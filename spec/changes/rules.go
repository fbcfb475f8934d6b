package changes

// A Rule is one kind of change.
type Rule struct {
	ID   string
	What string // what is compared, and what of it breaks clients
}

// A schemaRule is about the values that a schema allows. It checks one direction: whether
// all values of one side are values of the other. For what is sent to the server the old
// side must be within the new one, for what is received from it the new one within the
// old one. The same check in the opposite direction finds the non-breaking changes.
type schemaRule struct {
	id    string
	what  string
	check func(q *question, id string)
}

const (
	ruleAlternatives  = "alternatives"
	ruleProperty      = "property"
	ruleDiscriminator = "discriminator"
	ruleOperation     = "operation"
	ruleOperationID   = "operationId"
	ruleDeprecated    = "deprecated"
	ruleSunset        = "sunset"
	ruleParameter     = "parameter"
	ruleSerialization = "serialization"
	ruleBody          = "body"
	ruleMediaType     = "media-type"
	ruleEncoding      = "encoding"
	ruleStatus        = "status"
	ruleHeader        = "header"
	ruleLink          = "link"
	ruleSecurity      = "security"
	ruleServer        = "server"
)

// schemaRules returns the rules about schemas in the order of checking.
func schemaRules() []schemaRule {
	return []schemaRule{
		{"$ref", "references that cannot be read: another one cannot be compared and is taken as breaking", checkReferences},
		{"type", "the types of a value; integer is a part of number", checkType},
		{"enum", "the values that enum or const lists", checkEnum},
		{"minimum", "the least number", checkMinimum},
		{"maximum", "the greatest number", checkMaximum},
		{"multipleOf", "the number that divides others", checkMultipleOf},
		{"minLength", "the least number of characters", checkCount},
		{"maxLength", "the greatest number of characters", checkCount},
		{"pattern", "patterns: of those that look around, refer back or are very long, it cannot be told whether another one matches more, which is taken as breaking", checkPattern},
		{"format", "formats: another one is taken as breaking unless it is known to hold the old one", checkFormat},
		{"contentEncoding", "the coding, contentMediaType and contentSchema of what a text stands for", checkContent},
		{"minItems", "the least number of items", checkCount},
		{"maxItems", "the greatest number of items", checkCount},
		{"uniqueItems", "whether items differ", checkUniqueItems},
		{"items", "the items, with prefixItems and unevaluatedItems", checkItems},
		{"contains", "items that have to be there, with minContains and maxContains", checkContains},
		{"minProperties", "the least number of properties", checkCount},
		{"maxProperties", "the greatest number of properties", checkCount},
		{ruleProperty, "the properties that are named; readOnly ones are in no request, writeOnly ones in no response", checkProperties},
		{"required", "the properties that have to be there", checkRequired},
		{"additionalProperties", "other properties, with unevaluatedProperties", checkAdditional},
		{"patternProperties", "properties by the pattern of their names", checkPatternProperties},
		{"propertyNames", "the names of properties", checkPropertyNames},
		{"dependentRequired", "the properties that others require", checkDependentRequired},
		{"dependentSchemas", "what properties require of the object", checkDependentSchemas},
		{"not", "what is excluded", checkNot},
		{"if", "what holds under a condition; what cannot be told is taken as breaking", checkConditions},
		{"default", "the default, and deprecated: they change no value", checkNotes},
	}
}

// Rules returns all rules, for documentation and for the test that each has an example.
func Rules() []Rule {
	list := []Rule{
		{ruleOperation, "operations, webhooks and callbacks: one that is gone breaks, unless it was deprecated and its x-sunset has passed (RFC 8594)"},
		{ruleOperationID, "names of operations: they are not on the wire"},
		{ruleDeprecated, "deprecation: it changes no exchange yet"},
		{ruleSunset, "the date of x-sunset: it changes no exchange yet"},
		{ruleServer, "addresses: one that is gone breaks"},
		{ruleSecurity, "credentials: a client that was let in has to be let in still (OAS Security Requirement Object)"},
		{ruleParameter, "parameters: one that is gone, or that has to be sent now, breaks; names of path parameters are not on the wire"},
		{ruleSerialization, "style, explode, allowReserved, allowEmptyValue, where they change what is on the wire"},
		{ruleBody, "whether a request has a body"},
		{ruleMediaType, "media types: one that is gone breaks; one that is new is asked for with Accept (RFC 9110 section 12.5.1)"},
		{ruleEncoding, "the encoding of parts of a form, and what properties are in XML"},
		{ruleStatus, "statuses: a success that is gone breaks; an unknown status is understood by its class (RFC 9110 section 15)"},
		{ruleHeader, "headers of responses"},
		{ruleLink, "links: they change no exchange"},
		{ruleAlternatives, "the alternatives of anyOf and oneOf"},
		{ruleDiscriminator, "the property and the values that tell alternatives apart"},
	}
	for _, r := range schemaRules() {
		list = append(list, Rule{r.id, r.what})
	}
	return list
}
