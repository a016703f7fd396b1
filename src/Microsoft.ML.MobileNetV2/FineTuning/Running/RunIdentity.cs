using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Describes what a training is of by hashes, so that a checkpoint is not taken for one of another.</summary>
internal static class RunIdentity
{
    /// <summary>Grows when the same options and rows give other weights than before.</summary>
    private const string Version = "1";

    internal static Dictionary<string, string> Of(FineTuningOptions options, TrainingShape shape, HeadSetup setup, TrainableNetwork network, FineTuningData data) => new()
    {
        ["version"] = $"MobileNetV2 fine-tuning {Version}, registers of {network.State.Kernels.Lanes} numbers, {shape.PartCount} parts",
        ["options"] = Hash(hash => hash.AppendData(Encoding.UTF8.GetBytes(Describe(options, shape, setup)))),
        ["weights"] = Hash(hash =>
        {
            Append(hash, network.Parameters);
            Append(hash, setup.Network.Parameters);
        }),
        ["rows"] = Hash(hash =>
        {
            Append(hash, data.TrainingInputs);
            Append(hash, data.ValidationInputs);
            Append(hash, data.Training.Targets);
            Append(hash, data.Validation?.Targets);
            Append(hash, data.Training.Teacher);
        }),
    };

    private static string Describe(FineTuningOptions options, TrainingShape shape, HeadSetup setup)
    {
        string optimizer = options.Optimizer switch
        {
            AdamOptions adam => string.Create(CultureInfo.InvariantCulture, $"Adam {adam.Beta1} {adam.Beta2} {adam.Epsilon} {adam.UseDecoupledWeightDecay}"),
            SgdOptions sgd => string.Create(CultureInfo.InvariantCulture, $"SGD {sgd.Momentum} {sgd.UseNesterov}"),
            _ => options.Optimizer.GetType().Name,
        };

        // A schedule is a function, so its rates stand for it.
        int steps = setup.Epochs * setup.Batches.BatchCount;
        string rates = string.Join(' ', Enumerable.Range(0, steps).Select(step => setup.LearningRateAt(step).ToString("R", CultureInfo.InvariantCulture)));
        EarlyStoppingOptions stopping = options.ForEpochs(setup.Training.Targets.Kind);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{shape.FirstBlock} {shape.InputSize} {shape.BatchSize} {options.BatchSize} {options.AverageDecay} {options.MixUpAlpha} {options.CutMixAlpha} {options.BatchNorm} {optimizer} {options.Optimizer.WeightDecay} {options.LearningRateDecay} " +
            $"{options.LabelSmoothing} {options.GradientClipNorm} {setup.Options.Loss} {setup.Options.Seed} {setup.Network.Shape} " +
            $"{stopping.Metric} {stopping.Patience} {stopping.MinDelta} {setup.Training.Teacher?.Temperature} {setup.Training.Teacher?.LabelWeight} {rates}");
    }

    private static string Hash(Action<IncrementalHash> append)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        append(hash);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<float> numbers)
    {
        hash.AppendData(MemoryMarshal.AsBytes([numbers.Length]));
        hash.AppendData(MemoryMarshal.AsBytes(numbers));
    }

    private static void Append(IncrementalHash hash, NetworkInputs? inputs)
    {
        float[] row = new float[inputs?.RowLength ?? 0];
        for (int i = 0; i < (inputs?.RowCount ?? 0); i++)
        {
            inputs!.Read(i, row);
            Append(hash, row);
        }
    }

    private static void Append(IncrementalHash hash, TeacherScores? teacher)
    {
        if (teacher is not null)
        {
            Append(hash, teacher.Logits);
            hash.AppendData([.. Enumerable.Range(0, teacher.RowCount).Select(row => (byte)(teacher.IsLabeled(row) ? 1 : 0))]);
        }
    }

    private static void Append(IncrementalHash hash, HeadTargets? targets)
    {
        float[] row = new float[targets?.OutputCount ?? 0];
        for (int i = 0; i < (targets?.RowCount ?? 0); i++)
        {
            targets!.Write(i, row);
            Append(hash, row);
        }
    }
}
