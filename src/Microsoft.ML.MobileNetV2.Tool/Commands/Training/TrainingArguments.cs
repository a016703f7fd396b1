namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents the arguments of <c>train</c>; a run folder keeps them.</summary>
internal sealed record TrainingArguments
{
    public required string Folder { get; init; }

    /// <summary>Gets the feature file that is trained on instead of images; null for none.</summary>
    public string? Features { get; init; }

    public required string Model { get; init; }

    public string? Labels { get; init; }

    public string? Validation { get; init; }

    public double ValidationFraction { get; init; }

    public required string Weights { get; init; }

    public int? Size { get; init; }

    public int? Epochs { get; init; }

    public bool Augment { get; init; }

    /// <summary>Gets how many blocks are trained, too; null for none.</summary>
    public int? FineTune { get; init; }

    public bool IsBalanced { get; init; }

    /// <summary>Gets whether a temperature is fitted on the validation images.</summary>
    public bool Calibrate { get; init; }

    public int Seed { get; init; }

    public string? Cache { get; init; }

    public string? ContinueFrom { get; init; }

    public string? RunFolder { get; init; }

    /// <summary>Gets whether nothing but the head is trained, on features that are computed once.</summary>
    internal bool TrainsHeadAlone => FineTune is null && !Augment && ContinueFrom is null;
}
