namespace Microsoft.ML.MobileNetV2;

/// <summary>Says how far a training has come, for a schedule.</summary>
/// <param name="Step">Changes of the weights before this one, over all epochs.</param>
/// <param name="StepsPerEpoch">Changes of the weights in one epoch.</param>
/// <param name="Epochs">Epochs of the whole training.</param>
public readonly record struct TrainingPosition(int Step, int StepsPerEpoch, int Epochs)
{
    /// <summary>Gets the epochs that were finished, with the fraction of the one that runs.</summary>
    /// <value>From 0 to <see cref="Epochs"/>.</value>
    public double Epoch => (double)Step / StepsPerEpoch;

    /// <summary>Gets the fraction of the training that is done.</summary>
    /// <value>From 0 to 1.</value>
    public double Fraction => Epoch / Epochs;
}
