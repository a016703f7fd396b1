using System.Globalization;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Training;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents the state of a fine-tuning between two steps: with it, a run goes on as if it had never been cut off.</summary>
/// <remarks>The order of the rows is not in it, nor what is drawn for mixed images: they follow from the seed and the number of epochs and steps.</remarks>
internal sealed class TrainingCheckpoint
{
    private const string StepsKey = "steps";
    private const string EpochsKey = "epochs";
    private const string FrozenKey = "frozen";
    private const string MetricsKey = "metrics";
    private const string ParametersName = "parameters";
    private const string BestName = "best";
    private const string AverageName = "average";

    private readonly IReadOnlyDictionary<string, WeightTensor> _tensors;

    /// <summary>Takes the state of a run.</summary>
    /// <param name="stepCount">The steps that were taken.</param>
    /// <param name="epochs">The epochs that were completed.</param>
    /// <param name="frozen">The metrics of the frozen backbone on the validation rows; null without such rows.</param>
    /// <param name="parameters">All that the epochs have changed.</param>
    /// <param name="optimizers">The optimizers.</param>
    internal TrainingCheckpoint(
        int stepCount, IReadOnlyList<EpochResult> epochs, TrainingMetrics? frozen, RunParameters parameters, IReadOnlyList<Optimizer> optimizers)
    {
        StepCount = stepCount;
        Epochs = epochs;
        Frozen = frozen;
        Dictionary<string, WeightTensor> tensors = new()
        {
            [ParametersName] = ToTensor(parameters.Current),
        };
        if (parameters.Best is { } best)
        {
            tensors.Add(BestName, ToTensor(best));
        }

        if (parameters.Average is { } average)
        {
            tensors.Add(AverageName, ToTensor(average));
        }

        foreach ((string name, float[] state) in StatesOf(optimizers))
        {
            tensors.Add(name, ToTensor(state));
        }

        _tensors = tensors;
    }

    private TrainingCheckpoint(Checkpoint file)
    {
        StepCount = int.Parse(file.Metadata[StepsKey], CultureInfo.InvariantCulture);
        Epochs = [.. JsonSerializer.Deserialize(file.Metadata[EpochsKey], CheckpointJsonContext.Default.EpochRecordArray)!.Select(record => record.ToResult())];
        Frozen = file.Metadata.TryGetValue(FrozenKey, out string? frozen)
            ? EpochRecord.ToMetrics(JsonSerializer.Deserialize(frozen, CheckpointJsonContext.Default.DoubleArray)!)
            : null;
        Metrics = file.Metadata.TryGetValue(MetricsKey, out string? metrics)
            ? JsonSerializer.Deserialize(metrics, CheckpointJsonContext.Default.DoubleArray)
            : null;
        _tensors = file.Tensors;
    }

    internal int StepCount { get; }

    internal IReadOnlyList<EpochResult> Epochs { get; }

    internal TrainingMetrics? Frozen { get; }

    /// <summary>Gets the sums of the epoch that has begun; null between two epochs.</summary>
    internal double[]? Metrics { get; init; }

    internal float[] Parameters => _tensors[ParametersName].Values;

    /// <summary>Gets the average of the parameters; null where none is kept.</summary>
    internal float[]? Average => _tensors.GetValueOrDefault(AverageName)?.Values;

    /// <summary>Gets the parameters of the best epoch; null before there is one.</summary>
    internal float[]? Best => _tensors.GetValueOrDefault(BestName)?.Values;

    /// <exception cref="InvalidDataException">Something is missing, or of another form.</exception>
    internal static TrainingCheckpoint FromFile(Checkpoint file)
    {
        try
        {
            return new(file);
        }
        catch (Exception e) when (e is KeyNotFoundException or FormatException or OverflowException or JsonException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    internal Checkpoint ToFile(IReadOnlyDictionary<string, string> identity)
    {
        Dictionary<string, string> metadata = new(identity)
        {
            [StepsKey] = StepCount.ToString(CultureInfo.InvariantCulture),
            [EpochsKey] = JsonSerializer.Serialize([.. Epochs.Select(EpochRecord.Of)], CheckpointJsonContext.Default.EpochRecordArray),
        };
        if (Frozen is not null)
        {
            metadata.Add(FrozenKey, JsonSerializer.Serialize(EpochRecord.ToNumbers(Frozen), CheckpointJsonContext.Default.DoubleArray));
        }

        if (Metrics is not null)
        {
            metadata.Add(MetricsKey, JsonSerializer.Serialize(Metrics, CheckpointJsonContext.Default.DoubleArray));
        }

        return new("checkpoint", _tensors, metadata);
    }

    /// <summary>Gives the optimizers what they remembered.</summary>
    internal void Restore(IReadOnlyList<Optimizer> optimizers)
    {
        foreach ((string name, float[] state) in StatesOf(optimizers))
        {
            _tensors[name].Values.CopyTo(state, 0);
        }

        foreach (Optimizer optimizer in optimizers)
        {
            optimizer.StepCount = StepCount;
        }
    }

    private static WeightTensor ToTensor(float[] values) => new([values.Length], values);

    private static IEnumerable<(string Name, float[] State)> StatesOf(IReadOnlyList<Optimizer> optimizers) =>
        from optimizer in Enumerable.Range(0, optimizers.Count)
        from state in Enumerable.Range(0, optimizers[optimizer].State.Count)
        select (FormattableString.Invariant($"optimizer {optimizer}, state {state}"), optimizers[optimizer].State[state]);
}
