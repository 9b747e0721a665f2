import ActionKit
import Events
import Ledger

extension JobStory {
    /// Writes all that is known as one JSON object.
    func write(to writer: inout JSONWriter) {
        writer.object { object in
            summary.writeMembers(to: &object)
            object.member("destination", ifPresent: destination)
            object.member("effect", effect)
            object.member("with", settings)
            if let event { object.member("event") { event.write(to: &$0) } }
            if let rule { object.member("rule_version") { rule.write(to: &$0) } }
            object.member("attempt_list") { list in
                list.list { for attempt in attempts { attempt.write(to: &$0) } }
            }
            object.member("same_firing") { list in list.list { for other in others { other.write(to: &$0) } } }
            object.member("members") { list in list.list { for member in members { member.write(to: &$0) } } }
        }
    }
}

extension EventRecord {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.member("id", ifPresent: id)
            object.member("type", type)
            object.member("time", ifPresent: time)
            object.member("decided", decided)
            object.member("input", ifPresent: origin.input)
            object.member("line", ifPresent: origin.line)
            object.member("customer", ifPresent: customer)
            object.member("conversation", ifPresent: conversation)
            // What was cut off is no JSON any more, and is written as text.
            var parser = JSONParser()
            if let document = try? parser.parse(original) {
                object.member("original", document.root)
            } else {
                object.member("original_text", original)
            }
        }
    }
}

extension RuleVersion {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.member("id", id)
            object.member("version", version)
            object.member("file", file)
            object.member("line", line)
            object.member("text", text)
        }
    }
}

extension AttemptRecord {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.member("attempt", number)
            object.member("began", began)
            object.member("ended", ifPresent: ended)
            object.member("outcome", ifPresent: outcome)
            object.member("reason", ifPresent: reason)
            object.member("detail", ifPresent: detail)
            guard let exchange else { return }
            object.member("method", exchange.request.method)
            object.member("path", exchange.request.path)
            object.member("request", ifPresent: exchange.request.json)
            object.member("http_status", ifPresent: exchange.status)
            object.member("answer", ifPresent: exchange.answer)
        }
    }
}

extension Collaboration {
    /// Writes the person as a JSON object.
    func write(to writer: inout JSONWriter) {
        writer.object { object in
            object.member("conversation", conversation)
            object.member("member", member)
            object.member("action", action)
            object.member("asked", asked)
            object.member("job", job)
            object.member("rule", rule)
            object.member("status", status?.rawValue ?? JobStatus.waiting.rawValue)
            object.member("detail", ifPresent: detail)
            object.member("delivered", ifPresent: delivered?.time)
            object.member("delivered_job", ifPresent: delivered?.job)
            object.member("delivered_rule", ifPresent: delivered?.rule)
        }
    }
}
