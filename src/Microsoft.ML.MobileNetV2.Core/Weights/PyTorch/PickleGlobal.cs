namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents a name of Python's that a pickle refers to; the name is never looked up.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}
