package dev.flowir.cli;

import dev.flowir.ir.check.Code;
import dev.flowir.ir.check.Codes;
import dev.flowir.ir.diff.DiffCodes;
import dev.flowir.ir.json.FlowJson;
import java.util.ArrayList;
import java.util.List;

/** Every code that a user can meet. */
final class AllCodes {

    private AllCodes() {}

    static List<Code> list() {
        List<Code> all = new ArrayList<>(Codes.all());
        all.addAll(FlowJson.codes());
        all.addAll(DiffCodes.all());
        all.add(FlowFile.UNREADABLE);
        all.addAll(RunCodes.all());
        all.addAll(DurableCodes.all());
        all.addAll(HttpCodes.all());
        all.addAll(FormCodes.all());
        all.addAll(CapabilityCodes.all());
        all.addAll(BlobCodes.all());
        all.addAll(CallCodes.all());
        all.addAll(ModelCodes.all());
        all.addAll(ToolCodes.all());
        all.addAll(ObjectCodes.all());
        all.addAll(LogCodes.all());
        all.addAll(SmallCodes.all());
        all.addAll(StoreCodes.all());
        all.addAll(RedisCodes.all());
        all.addAll(BucketCodes.all());
        all.addAll(BindingCodes.all());
        all.addAll(EdgeCodes.all());
        all.addAll(GuestCodes.all());
        return all;
    }
}
