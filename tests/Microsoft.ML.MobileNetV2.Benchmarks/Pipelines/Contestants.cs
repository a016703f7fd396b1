using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Onnx;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Builds the pipelines that are compared: each takes paths and gives the features of one and the same network.</summary>
internal sealed class Contestants : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly List<IDisposable> _disposables = [];
    private readonly MobileNetV2Weights _weights;
    private readonly int _size;

    internal Contestants(float width, int size)
    {
        _weights = RandomWeights.Create(width);
        _size = size;
    }

    /// <summary>Returns our pipeline.</summary>
    internal Func<string[], int> Ours(int threads) => Run(CreateFeaturizer(threads));

    /// <summary>Returns our pipeline after it was saved and loaded by ML.NET alone.</summary>
    internal Func<string[], int> Loaded()
    {
        string path = Path.GetTempFileName();
        try
        {
            _context.Model.Save(CreateFeaturizer(1), null, path);
            return Run(_context.Model.Load(path, out _));
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Returns what a user of ML.NET builds today: load, resize, extract pixels, apply the ONNX model.</summary>
    internal Func<string[], int> Stock()
    {
        using MemoryStream model = new(NetworkModel.Create(new(_weights, _size, MobileNetV2Output.Features)));
        var pipeline = _context.Transforms.LoadImages("Loaded", imageFolder: null, "Image")
            .Append(_context.Transforms.ResizeImages("Resized", _size, _size, "Loaded"))
            .Append(_context.Transforms.ExtractPixels(NetworkModel.InputName, "Resized", offsetImage: 127.5f, scaleImage: 1 / 127.5f))
            .Append(_context.Transforms.ApplyOnnxModel([NetworkModel.OutputName], [NetworkModel.InputName], model))
            .Append(_context.Transforms.CopyColumns("Features", NetworkModel.OutputName));
        return Run(pipeline.Fit(ToRows([])));
    }

    /// <summary>Returns ONNX Runtime alone: pixels are in memory, each thread computes one image at a time.</summary>
    internal Func<string[], int> OnnxRuntime(int threads)
    {
        NetworkPool network = Keep(new NetworkPool(InferenceRuntime.OnnxRuntime().Load(new(_weights, _size, MobileNetV2Output.Features)), nameof(Contestants)));
        float[] pixels = [.. Enumerable.Range(0, 3 * _size * _size).Select(i => (float)Math.Sin(i))];
        return images =>
        {
            Parallel.For(0, images.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
            {
                INetworkRun run = network.Rent();
                pixels.CopyTo(run.Input);
                run.Compute();
                network.Return(run);
            });
            return images.Length;
        };
    }

    public void Dispose() => _disposables.ForEach(disposable => disposable.Dispose());

    private MobileNetV2FeaturizerTransformer CreateFeaturizer(int threads) => _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
    {
        InputColumnName = "Image",
        Weights = _weights,
        InputSize = _size,
        MaxDegreeOfParallelism = threads,
    }).Fit(ToRows([]));

    private Func<string[], int> Run(ITransformer transformer)
    {
        if (transformer is IDisposable disposable)
        {
            Keep(disposable);
        }

        return images => transformer.Transform(ToRows(images)).GetColumn<VBuffer<float>>("Features").Count();
    }

    private IDataView ToRows(string[] images) => _context.Data.LoadFromEnumerable(images.Select(path => new ImageRow { Image = path }));

    private T Keep<T>(T disposable)
        where T : IDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }
}
