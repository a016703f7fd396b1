namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the exponential moving average of all that an epoch changes.</summary>
internal sealed class WeightAverage
{
    private readonly Snapshot _snapshot;
    private readonly double _decay;

    /// <param name="snapshot">Copies the weights; as they are now, they are where the average starts.</param>
    /// <param name="decay">The fraction of the average that a step keeps.</param>
    internal WeightAverage(Snapshot snapshot, double decay)
    {
        _snapshot = snapshot;
        _decay = decay;
        Values = snapshot.Take();
    }

    /// <summary>Gets the average.</summary>
    internal float[] Values { get; }

    /// <summary>Adds the weights after a step.</summary>
    /// <param name="stepCount">The steps so far: at first the average follows faster, so that it forgets where it started.</param>
    internal void Add(int stepCount) => _snapshot.MoveTowards(Values, (float)(1 - Math.Min(_decay, (1.0 + stepCount) / (10 + stepCount))));
}
