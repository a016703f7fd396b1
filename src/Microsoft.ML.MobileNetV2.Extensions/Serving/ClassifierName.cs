namespace Microsoft.ML.MobileNetV2.Serving;

/// <summary>Represents what an application calls a classifier.</summary>
/// <param name="Name">The name; empty for the one without.</param>
/// <param name="Section">The path of its section of the configuration; null where code sets the options.</param>
internal sealed record ClassifierName(string Name, string? Section)
{
    /// <summary>Gets the name as the log has it.</summary>
    internal string Title => Name.Length == 0 ? "Image classifier" : $"Image classifier '{Name}'";

    /// <summary>Returns the name as messages about options begin with it.</summary>
    public override string ToString() => Section is null ? Title : $"{Title}, section '{Section}'";
}
