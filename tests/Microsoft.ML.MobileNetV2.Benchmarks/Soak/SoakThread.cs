using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.Compositions;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Runs one random composition after another on its own thread.</summary>
internal sealed class SoakThread(SoakModels models, SoakCounts counts, int seed)
{
    private const int MaxThreads = 4;
    private const int MaxMilliseconds = 60;
    private const int EngineRows = 8;

    private readonly MLContext _context = new(seed);
    private readonly Random _random = new(seed);
    private string _composition = "none";

    /// <summary>Gets what the thread does now.</summary>
    internal string Composition => Volatile.Read(ref _composition);

    internal void Run(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            RunOne();
            counts.AddComposition();
        }
    }

    private void RunOne()
    {
        // How a composition may end besides of by its last row: null, or the exception that it asks for.
        Type? ending = null;
        try
        {
            Action<Action<Type>> run = _random.Next(10) switch
            {
                < 5 => Transform,
                5 or 6 => PredictRows,
                7 => RunEngine,
                8 => Classify,
                _ => Train,
            };
            run(allowed => ending = allowed);
        }
        catch (Exception e) when (Asked(e, ending) is { } asked)
        {
            (asked is OperationCanceledException ? (Action)counts.AddCanceled : counts.AddDisposed)();
        }
#pragma warning disable CA1031 // Whatever escapes is what a soak is for; it is counted and printed.
        catch (Exception e)
#pragma warning restore CA1031
        {
            counts.AddUnexpected($"{_composition}: {e}");
        }
    }

    /// <summary>Returns the exception that was asked for, from within those that ML.NET's steps put around it.</summary>
    private static Exception? Asked(Exception exception, Type? ending)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            if (ending?.IsInstanceOfType(inner) == true)
            {
                return inner;
            }
        }

        return null;
    }

    /// <summary>Reads all rows, some of them, or on until the model is disposed below the cursor.</summary>
    private void Transform(Action<Type> allow)
    {
        (string steps, bool isTrained) = (Pick(models.Steps), _random.Next(2) == 0);
        (string origin, ITransformer model, bool isOwned) = Open(steps, isTrained);
        SoakRowSteps rowSteps = new(_context, _random, models.Rows.Count);
        int stopAfter = _random.Next(3) == 0 ? _random.Next(models.Rows.Count) : int.MaxValue;
        bool isDisposedEarly = isOwned && origin != "stock loader" && _random.Next(4) == 0;
        Describe($"{steps}, trained {isTrained}, {origin}, {rowSteps}, stop after {stopAfter}, disposed {isDisposedEarly}");
        if (isDisposedEarly)
        {
            allow(typeof(ObjectDisposedException));
        }

        try
        {
            IDataView rows = rowSteps.After(model.Transform(rowSteps.Before(_context.Data.LoadFromEnumerable(models.Rows))));
            int count = ReadRows(rows, isTrained, new(counts, models.Truth(steps, isTrained), _composition), stopAfter, isDisposedEarly ? model as IDisposable : null);
            if (stopAfter == int.MaxValue && !isDisposedEarly && count != rowSteps.Count)
            {
                counts.AddUnexpected($"{count} rows instead of {rowSteps.Count}: {_composition}");
            }
        }
        finally
        {
            DisposeOwned(model, isOwned);
        }
    }

    private int ReadRows(IDataView rows, bool isTrained, SoakCheck check, int stopAfter, IDisposable? model)
    {
        DataViewSchema.Column path = rows.Schema[nameof(SoakRow.Image)];
        DataViewSchema.Column output = rows.Schema[OutputColumn(isTrained)];
        using DataViewRowCursor cursor = rows.GetRowCursor([path, output]);
        ValueGetter<ReadOnlyMemory<char>> pathGetter = cursor.GetGetter<ReadOnlyMemory<char>>(path);
        ValueGetter<VBuffer<float>> outputGetter = cursor.GetGetter<VBuffer<float>>(output);
        ReadOnlyMemory<char> text = default;
        VBuffer<float> values = default;
        int disposeAfter = _random.Next(models.Rows.Count);
        int count = 0;
        while (count < stopAfter && cursor.MoveNext())
        {
            if (count == disposeAfter)
            {
                model?.Dispose();
            }

            pathGetter(ref text);
            outputGetter(ref values);
            check.Add($"{text}", values.DenseValues().ToArray());
            count++;
        }

        return count;
    }

    private void PredictRows(Action<Type> allow)
    {
        (string steps, bool isTrained) = (Pick(models.Steps), _random.Next(2) == 0);
        (string origin, ITransformer model, bool isOwned) = Open(steps, isTrained);
        bool isDisposedEarly = isOwned && origin != "stock loader" && _random.Next(4) == 0;
        Describe($"{steps}, trained {isTrained}, {origin}, prediction engine, disposed {isDisposedEarly}");
        if (isDisposedEarly)
        {
            allow(typeof(ObjectDisposedException));
        }

        try
        {
            SchemaDefinition output = SchemaDefinition.Create(typeof(SoakOutput));
            output[nameof(SoakOutput.Values)].ColumnName = OutputColumn(isTrained);
            using var engine = _context.Model.CreatePredictionEngine<SoakRow, SoakOutput>(
                model, new PredictionEngineOptions { OwnsTransformer = false, OutputSchemaDefinition = output });
            SoakCheck check = new(counts, models.Truth(steps, isTrained), _composition);
            int disposeAfter = _random.Next(EngineRows);
            for (int index = 0; index < EngineRows; index++)
            {
                if (isDisposedEarly && index == disposeAfter)
                {
                    DisposeOwned(model, isOwned);
                }

                SoakRow row = Pick(models.Rows);
                check.Add(row.Image, engine.Predict(row).Values);
            }
        }
        finally
        {
            DisposeOwned(model, isOwned);
        }
    }

    private void RunEngine(Action<Type> allow)
    {
        using CancellationTokenSource cancel = CancelAtRandom(allow);
        Describe("engine, rows in turn");
        SoakCheck check = new(counts, models.Truth(SoakModels.Paths, isTrained: false), _composition);
        foreach (BatchResult<float[]> result in models.Engine.Run(models.Rows.Select(row => ImageSource.FromFile(row.Image)), cancel.Token))
        {
            check.Add(models.Rows[(int)result.Index].Image, result.Value);
        }
    }

    private void Classify(Action<Type> allow)
    {
        using CancellationTokenSource cancel = CancelAtRandom(allow);
        bool isOwn = _random.Next(2) == 0;
        bool isDisposedEarly = isOwn && _random.Next(3) == 0;
        Describe($"classifier, own {isOwn}, disposed {isDisposedEarly}");
        using ImageClassifier? own = isOwn ? ImageClassifier.Load(models.ClassifierPath, new() { MaxDegreeOfParallelism = _random.Next(1, MaxThreads + 1) }) : null;
        if (isDisposedEarly)
        {
            allow(typeof(ObjectDisposedException));
        }

        ImageClassifier classifier = own ?? models.Classifier;
        SoakCheck check = new(counts, models.Truth(SoakModels.Paths, isTrained: true), _composition);
        int disposeAfter = isDisposedEarly ? _random.Next(models.Rows.Count) : -1;
        CancellationToken token = isDisposedEarly ? CancellationToken.None : cancel.Token;
        foreach (BatchResult<ImagePrediction> result in classifier.Predict(models.Rows.Select(row => row.Image), SoakModels.ClassCount, token))
        {
            check.Add(models.Rows[(int)result.Index].Image, models.Sort(result.Value));
            if (result.Index == disposeAfter)
            {
                classifier.Dispose();
            }
        }
    }

    /// <summary>Trains again, and compares with the model that was trained before from the same rows, unless it is canceled.</summary>
    private void Train(Action<Type> allow)
    {
        string steps = Pick(models.Steps);
        using CancellationTokenSource cancel = CancelAtRandom(allow);
        Describe($"{steps}, training");
        IDataView rows = _context.Data.LoadFromEnumerable(models.Rows);
        IDataView inputs = ImageSteps.All[steps](_context).Fit(rows).Transform(rows);
        MobileNetV2TrainerOptions options = SoakModels.TrainerOptions(steps, _random.Next(1, MaxThreads + 1));
        using MobileNetV2PredictionTransformer trained = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(inputs, cancellationToken: cancel.Token);
        if (trained.History.StopReason != TrainingStopReason.Canceled)
        {
            ReadRows(trained.Transform(inputs), isTrained: true, new(counts, models.Truth(steps, isTrained: true), _composition), int.MaxValue, model: null);
        }
    }

    private (string Origin, ITransformer Model, bool IsOwned) Open(string steps, bool isTrained)
    {
        string path = models.PathOf(steps, isTrained);
        return _random.Next(isTrained ? 3 : 4) switch
        {
            0 => ("shared", models.Shared(steps, isTrained), false),
            1 => ("stock loader", StockOnnx.Open(() => _context.Model.Load(path, out _)), true),
            2 => ("own loader", _context.Model.LoadWithMobileNetV2(path, out _), true),
            _ => ("new", Fit(steps), true),
        };
    }

    private TransformerChain<ITransformer> Fit(string steps)
    {
        IDataView rows = _context.Data.LoadFromEnumerable(models.Rows);
        ITransformer stock = ImageSteps.All[steps](_context).Fit(rows);
        MobileNetV2FeaturizerOptions options = SoakModels.FeaturizerOptions(steps, _random.Next(1, MaxThreads + 1));
        return new(stock, _context.Transforms.MobileNetV2(options).Fit(stock.Transform(rows)));
    }

    private CancellationTokenSource CancelAtRandom(Action<Type> allow)
    {
        if (_random.Next(2) == 0)
        {
            return new();
        }

        allow(typeof(OperationCanceledException));
        return new(TimeSpan.FromMilliseconds(_random.Next(MaxMilliseconds)));
    }

    private void Describe(string composition) => Volatile.Write(ref _composition, composition);

    private T Pick<T>(IReadOnlyList<T> list) => list[_random.Next(list.Count)];

    private static string OutputColumn(bool isTrained) => isTrained ? SoakModels.ScoreColumnName : SoakModels.FeatureColumnName;

    private static void DisposeOwned(ITransformer model, bool isOwned)
    {
        if (isOwned)
        {
            (model as IDisposable)?.Dispose();
        }
    }
}
