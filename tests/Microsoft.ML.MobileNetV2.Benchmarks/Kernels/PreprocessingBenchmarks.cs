using BenchmarkDotNet.Attributes;
using Microsoft.ML.MobileNetV2.Imaging;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Benchmarks.Kernels;

/// <summary>A JPEG of ImageNet's usual size to the network's input: decode, resize, normalize.</summary>
public class PreprocessingBenchmarks
{
    private const int Width = 500;
    private const int Height = 375;
    private float[] _input = [];
    private byte[] _jpeg = [];
    private ImagePreprocessor? _preprocessor;
    private ImageView[] _views = [];
    private int _next;

    [Params(96, 224)]
    public int InputSize { get; set; }

    [Params(false, true)]
    public bool UseScaledDecoding { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _preprocessor = new(new ImagePreprocessing { InputSize = InputSize }, new ImageDecodingOptions { UseScaledDecoding = UseScaledDecoding });
        _input = new float[3 * InputSize * InputSize];
        _views = [.. Enumerable.Range(0, 256).Select(view => ImageView.Draw(new(), image: 1, view))];
        using SKBitmap bitmap = new(Width, Height);
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)(x * y), (byte)(x + y), (byte)(x ^ y)));
            }
        }

        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        _jpeg = data.ToArray();
    }

    [Benchmark(Baseline = true)]
    public void ProcessEncoded() => _preprocessor!.ProcessEncoded(_jpeg, "benchmark.jpg", view: null, _input);

    [Benchmark(Description = "a random view of it")]
    public void ProcessEncodedView() => _preprocessor!.ProcessEncoded(_jpeg, "benchmark.jpg", _views[_next++ % _views.Length], _input);
}
