using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>
/// Trains with ML.NET's LbfgsMaximumEntropy, on all cores as it does by itself. Rows are cached and normalized before; neither that nor
/// measuring the loss counts as its time.
/// </summary>
internal sealed class LbfgsSide
{
    private const string Features = nameof(FeatureRow.Features);

    private readonly MLContext _context = new(1);
    private readonly int[] _classes;
    private readonly (IDataView Training, IDataView Validation) _plain;
    private readonly (IDataView Training, IDataView Validation) _normalized;

    internal LbfgsSide(HeadRows training, HeadRows validation)
    {
        _classes = validation.Classes;
        _plain = (Cache(ToView(training)), Cache(ToView(validation)));
        var normalizer = _context.Transforms.NormalizeMeanVariance(Features, fixZero: false).Fit(_plain.Training);
        _normalized = (Cache(normalizer.Transform(_plain.Training)), Cache(normalizer.Transform(_plain.Validation)));
    }

    /// <summary>Trains once; LBFGS cannot be asked on the way, so each number of iterations is a run of its own.</summary>
    internal LossPoint Train(LbfgsSettings settings)
    {
        (IDataView training, IDataView validation) = settings.IsNormalized ? _normalized : _plain;
        LbfgsMaximumEntropyMulticlassTrainer.Options options = new()
        {
            L1Regularization = settings.L1,
            L2Regularization = settings.L2,
            MaximumNumberOfIterations = settings.Iterations,
        };
        long start = Stopwatch.GetTimestamp();
        var model = _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(options).Fit(training);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new(seconds, LossOf(model.Transform(validation)));
    }

    private double LossOf(IDataView scored)
    {
        const double Smallest = 1e-15;
        return scored.GetColumn<float[]>("Score").Zip(_classes, (scores, label) => -Math.Log(Math.Max(scores[label], Smallest))).Average();
    }

    private IDataView ToView(HeadRows rows)
    {
        var schema = SchemaDefinition.Create(typeof(FeatureRow));
        schema[Features].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows.FeatureCount);
        schema[nameof(FeatureRow.Label)].ColumnType = new KeyDataViewType(typeof(uint), rows.ClassCount);
        FeatureRow[] examples = [.. rows.Features.Chunk(rows.FeatureCount)
            .Zip(rows.Classes, (features, label) => new FeatureRow { Features = features, Label = (uint)label })];
        return _context.Data.LoadFromEnumerable(examples, schema);
    }

    private IDataView Cache(IDataView view)
    {
        IDataView cached = _context.Data.Cache(view, Features, nameof(FeatureRow.Label));
        using DataViewRowCursor cursor = cached.GetRowCursor(cached.Schema);
        while (cursor.MoveNext())
        {
        }

        return cached;
    }
}
