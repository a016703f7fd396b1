using BenchmarkDotNet.Attributes;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Benchmarks.Kernels;

/// <summary>Square matrix products; 2 · size³ operations each.</summary>
public class MatrixProductBenchmarks
{
    private float[] _a = [];
    private float[] _b = [];
    private float[] _c = [];

    [Params(256, 1280)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        Random random = new(1);
        _a = [.. Enumerable.Range(0, Size * Size).Select(_ => random.NextSingle())];
        _b = [.. Enumerable.Range(0, Size * Size).Select(_ => random.NextSingle())];
        _c = new float[Size * Size];
    }

    [Benchmark]
    public void Multiply() => MatrixProduct.Multiply(new ReadOnlyMatrix(_a, Size, Size), new ReadOnlyMatrix(_b, Size, Size), new Matrix(_c, Size, Size));
}
