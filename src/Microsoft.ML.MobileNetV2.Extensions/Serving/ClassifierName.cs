namespace Microsoft.ML.MobileNetV2.Serving;

/// <summary>Represents what an application calls a classifier.</summary>
/// <param name="Name">The name; empty for the one without.</param>
/// <param name="Section">The path of its section of the configuration; null where code sets the options.</param>
internal sealed record ClassifierName(string Name, string? Section)
{
    /// <summary>Returns the name as messages begin with it.</summary>
    public override string ToString() =>
        (Name.Length == 0 ? "Image classifier" : $"Image classifier '{Name}'") + (Section is null ? string.Empty : $", section '{Section}'");
}
