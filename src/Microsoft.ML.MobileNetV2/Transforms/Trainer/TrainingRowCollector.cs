using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Collects rows as they are read, reports progress, and ends when the training is canceled.</summary>
/// <param name="settings">The trainer's settings.</param>
/// <param name="labels">The labels that were read.</param>
/// <param name="featureCount">Features of a row.</param>
/// <param name="expectedRowCount">Number of rows to come; 0 where it is unknown.</param>
/// <param name="inputs">Takes the numbers of rows where they are no features yet, but what the network in training takes; null where they are.</param>
internal sealed class TrainingRowCollector(
    TrainerSettings settings, LabelBuffer labels, int featureCount, long expectedRowCount, InputCache? inputs = null)
{
    private readonly List<int> _labelIndices = [];
    private readonly List<float> _weights = [];
    private readonly List<long> _positions = [];
    private readonly ProgressReporter _progress = new(settings.Options.Progress, TrainingPhase.ComputingFeatures, expectedRowCount) { ImagesPerUnit = 1 };
    private readonly List<float> _logits = [];
    private readonly int _firstInput = inputs?.RowCount ?? 0;
    private float[] _features = [];
    private long _readCount;

    /// <summary>Adds the rows of one image.</summary>
    /// <param name="label">The label and weight of the image.</param>
    /// <param name="features">The features of one or more rows.</param>
    /// <param name="logits">The logits of a teacher for the same rows; empty without one.</param>
    /// <exception cref="InvalidOperationException">A number is missing or out of range, or there are too many rows.</exception>
    internal void Add(RowLabel label, ReadOnlySpan<float> features, ReadOnlySpan<float> logits = default)
    {
        RowChecks.Require(label, labels, settings);
        RowChecks.RequireFinite(label, features, settings);
        AddFeatures(features);
        _logits.AddRange(logits);
        for (int i = 0; i < features.Length / featureCount; i++)
        {
            _labelIndices.Add(label.Label);
            _weights.Add(label.Weight);
            _positions.Add(label.Position);
        }
    }

    /// <summary>Begins a row.</summary>
    /// <exception cref="OperationCanceledException">The user wants to stop.</exception>
    internal void BeginRow() => settings.Options.CancellationToken.ThrowIfCancellationRequested();

    /// <summary>Ends a row, whether it was added or left out.</summary>
    internal void EndRow()
    {
        _readCount++;
        if (_progress.IsDue)
        {
            _progress.Report(_readCount, epoch: 0, learningRate: 0, training: null, validation: null);
        }
    }

    /// <summary>Returns the rows.</summary>
    /// <param name="teacher">What the logits are of; null without a teacher.</param>
    internal TrainingRows ToRows(Teacher? teacher = null) => new(
        inputs is null ? _features.AsMemory(0, _labelIndices.Count * featureCount) : default,
        inputs is null ? featureCount : 0,
        labels,
        _labelIndices,
        settings.Options.ExampleWeightColumnName is null ? [] : [.. _weights],
        _positions)
    {
        Inputs = inputs?.Take([.. Enumerable.Range(_firstInput, _labelIndices.Count)]),
        Teaching = teacher is null ? null : new(teacher.ClassNames, _logits.ToArray()),
    };

    private void AddFeatures(ReadOnlySpan<float> features)
    {
        if (inputs is null)
        {
            int start = _labelIndices.Count * featureCount;
            Grow(start + (long)features.Length);
            features.CopyTo(_features.AsSpan(start));
            return;
        }

        for (int start = 0; start < features.Length; start += featureCount)
        {
            inputs.Add(features.Slice(start, featureCount));
        }
    }

    private void Grow(long needed)
    {
        if (needed > Array.MaxLength)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"There are more than {_labelIndices.Count} rows of {featureCount} features; a training holds {Array.MaxLength / featureCount} at most."));
        }

        if (needed > _features.Length)
        {
            // Where the number of rows is known, the features are never copied: that would take twice the memory.
            long wanted = _features.Length == 0 ? needed * Math.Max(1, expectedRowCount) : _features.Length * 2L;
            Array.Resize(ref _features, (int)Math.Min(Array.MaxLength, Math.Max(needed, wanted)));
        }
    }
}
