package io.pipewright.schema;

import io.pipewright.diagnostic.Checked;
import io.pipewright.yaml.Document;

/** Checks the structure of a document; for now it takes everything. */
public final class DocumentValidator {

    public DocumentValidator(PluginCatalog plugins, OptionsModel runtime) {}

    public Checked<ValidDocument> validate(Document document) {
        return Checked.of(new ValidDocument(document));
    }
}
