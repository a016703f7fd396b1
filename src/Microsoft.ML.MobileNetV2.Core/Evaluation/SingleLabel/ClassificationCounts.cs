using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Evaluation;

/// <summary>Counts scored images one by one, without keeping their scores.</summary>
internal sealed class ClassificationCounts
{
    // As scikit-learn does for float32, so that one confident mistake does not make the mean infinite.
    private const double SmallestProbability = 1.1920929e-7;

    private readonly ClassIndex _classes;
    private readonly float[] _thresholds;
    private readonly int[] _confused;
    private readonly int[] _rejected;
    private readonly ReliabilityCounts _reliability;
    private readonly List<EvaluatedImage> _images = [];
    private readonly List<SkippedImage> _skipped = [];
    private double _lossSum;
    private bool _hasOtherScores;

    /// <exception cref="ArgumentException">There is no class, or a name stands for two, or options are out of range.</exception>
    internal ClassificationCounts(IReadOnlyList<string> classes, ClassificationEvaluationOptions options, float defaultThreshold)
    {
        _classes = new(classes);
        _thresholds = options.ResolveThresholds(classes.Count, defaultThreshold);
        _confused = new int[checked(classes.Count * classes.Count)];
        _rejected = new int[classes.Count];
        _reliability = new(options.BinCount);
    }

    internal IReadOnlyList<EvaluatedImage> Images => _images;

    internal IReadOnlyList<SkippedImage> Skipped => _skipped;

    /// <summary>Gets the mean of −ln of the true label's probability; NaN without images, or where scores are no probabilities.</summary>
    internal double LogLoss => _hasOtherScores || _images.Count == 0 ? double.NaN : _lossSum / _images.Count;

    internal double CalibrationError => _hasOtherScores ? double.NaN : _reliability.ToError();

    internal IReadOnlyList<ReliabilityBin> ReliabilityBins => _hasOtherScores ? [] : _reliability.ToBins();

    internal ConfusionMatrix ToMatrix() => new(_classes.Names, _confused, _rejected);

    /// <summary>Leaves out an image whose label no class has, and returns whether it did.</summary>
    internal bool SkipUnknown(string id, string label)
    {
        bool isUnknown = _classes.Find(label) < 0;
        if (isUnknown)
        {
            _skipped.Add(_classes.SkipUnknown(id, [label]));
        }

        return isUnknown;
    }

    internal void SkipUnreadable(string id, string label, Exception error) => _skipped.Add(new(id, label, SkippedReason.Unreadable, error.Message));

    /// <exception cref="ArgumentException">There is not one score for each class.</exception>
    internal void Add(string id, string label, ReadOnlySpan<float> scores)
    {
        _classes.RequireScores(id, scores);
        if (SkipUnknown(id, label))
        {
            return;
        }

        if (ClassIndex.HasMissing(scores))
        {
            _skipped.Add(ClassIndex.SkipMissing(id, label));
            return;
        }

        Count(id, _classes.Find(label), scores);
    }

    private void Count(string id, int label, ReadOnlySpan<float> scores)
    {
        int best = TensorPrimitives.IndexOfMax(scores);
        bool isRejected = scores[best] < _thresholds[best];
        _images.Add(new()
        {
            Id = id,
            Label = _classes.Names[label],
            LabelScore = scores[label],
            LabelRank = RankOf(label, scores),
            Predicted = new(_classes.Names[best], scores[best]),
            IsRejected = isRejected,
        });
        if (isRejected)
        {
            _rejected[label]++;
        }
        else
        {
            _confused[(label * _classes.Names.Count) + best]++;
        }

        _hasOtherScores |= ClassIndex.HasOtherThanProbabilities(scores);
        _reliability.Add(scores[best], best == label);
        _lossSum -= Math.Log(Math.Clamp(scores[label], SmallestProbability, 1 - SmallestProbability));
    }

    /// <summary>Returns the position of a class by descending score; those of the same score are in their order.</summary>
    private static int RankOf(int label, ReadOnlySpan<float> scores)
    {
        int rank = 1;
        for (int other = 0; other < scores.Length; other++)
        {
            rank += scores[other] > scores[label] || (scores[other] == scores[label] && other < label) ? 1 : 0;
        }

        return rank;
    }
}
