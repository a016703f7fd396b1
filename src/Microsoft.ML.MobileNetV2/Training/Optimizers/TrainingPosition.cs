namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Represents the position of a step in a training run, for a schedule.</summary>
internal readonly record struct TrainingPosition
{
    /// <summary>Gets the number of steps before this one, over all epochs.</summary>
    public required int Step { get; init; }

    /// <summary>Gets the number of steps in one epoch.</summary>
    public required int StepsPerEpoch { get; init; }

    /// <summary>Gets the number of epochs of the whole training.</summary>
    public required int Epochs { get; init; }

    /// <summary>Gets the number of completed epochs, with the completed fraction of the current one.</summary>
    /// <value>From 0 to <see cref="Epochs"/>.</value>
    public double Epoch => (double)Step / StepsPerEpoch;

    /// <summary>Gets the completed fraction of the training.</summary>
    /// <value>From 0 to 1.</value>
    public double Fraction => Epoch / Epochs;
}
