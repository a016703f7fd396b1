namespace Microsoft.ML.MobileNetV2.Serving;

/// <summary>Represents a loaded model that is disposed after its last use.</summary>
internal sealed class ServedModel(ImageClassifier classifier, int generation, DateTimeOffset loadedAt)
{
    /// <summary>Its owner is the first use; at 0 the model is disposed and cannot be used again.</summary>
    private int _uses = 1;

    internal ImageClassifier Classifier => classifier;

    /// <summary>Gets how many models were loaded before this one, plus 1.</summary>
    internal int Generation => generation;

    internal DateTimeOffset LoadedAt => loadedAt;

    /// <summary>Begins a use; returns false where the last one has ended.</summary>
    internal bool TryUse()
    {
        int uses = Volatile.Read(ref _uses);
        while (uses > 0)
        {
            int seen = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (seen == uses)
            {
                return true;
            }

            uses = seen;
        }

        return false;
    }

    internal void EndUse()
    {
        if (Interlocked.Decrement(ref _uses) == 0)
        {
            classifier.Dispose();
        }
    }
}
