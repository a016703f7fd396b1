using System.Runtime.Intrinsics;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Computes the steps of a training with registers of some width. Immutable and safe to use from several threads.</summary>
/// <remarks>Pixels lie one after the other, with their channels together; channels are padded with zeros to whole registers.</remarks>
internal abstract unsafe class TrainingKernels
{
    private static readonly Lazy<TrainingKernels> LazyWidest = new(CreateWidest);

    /// <summary>Gets the kernels for the widest registers that the processor has.</summary>
    internal static TrainingKernels Widest => LazyWidest.Value;

    /// <summary>Gets the numbers in a register.</summary>
    internal abstract int Lanes { get; }

    /// <summary>Gets the kernels of the network that run what is not trained.</summary>
    internal abstract NetworkKernels Inference { get; }

    internal int Padded(int channels) => (channels + Lanes - 1) / Lanes * Lanes;

    /// <summary>Creates a matrix to pack into.</summary>
    internal PackedMatrix CreateMatrix(int depth, int columns) => new(depth, Padded(columns), Lanes, Inference.RegisterCount);

    /// <summary>Packs some columns of a matrix that lies row by row, each column times its scale.</summary>
    /// <param name="matrix">Takes the columns.</param>
    /// <param name="panel">Which columns.</param>
    /// <param name="source">The matrix, padded columns included.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="scale">A number for each column; null for none.</param>
    internal abstract void Pack(PackedMatrix matrix, VectorPanel panel, float* source, nint stride, float* scale);

    /// <summary>Packs some columns of a matrix that lies column by column, each row times its scale.</summary>
    /// <param name="matrix">Takes the columns.</param>
    /// <param name="panel">Which columns.</param>
    /// <param name="source">The transposed matrix.</param>
    /// <param name="columns">The columns without padding.</param>
    /// <param name="stride">The distance from one column to the next.</param>
    /// <param name="scale">A number for each row; null for none.</param>
    internal abstract void PackTransposed(PackedMatrix matrix, VectorPanel panel, float* source, int columns, nint stride, float* scale);

    /// <summary>Computes output = left · right + bias.</summary>
    internal abstract void Multiply(in ProductCall call, PackedMatrix right);

    /// <summary>Computes the part of a product that one panel of the right matrix gives.</summary>
    internal abstract void Multiply(in ProductCall call, PackedMatrix right, VectorPanel panel);

    /// <summary>Computes output += transposed left · right, summed over pixels.</summary>
    internal abstract void MultiplyTransposed(in TransposedCall call);

    /// <summary>Computes ReLU6(values · scale + shift).</summary>
    internal abstract void Activate(PixelRun values, float* scale, float* shift, float* output, nint outputStride);

    /// <summary>Computes values · scale + shift, and adds the shortcut unless it is null.</summary>
    internal abstract void Normalize(PixelRun values, float* scale, float* shift, float* shortcut, float* output);

    /// <summary>Computes gradient · a + values · b + c: the gradient before a batch norm.</summary>
    internal abstract void CombineGradient(float* gradient, PixelRun values, float* a, float* b, float* c, float* output, nint outputStride);

    /// <summary>Adds for each channel the sum of the gradients, and of their products with the values.</summary>
    internal abstract void AddSums(float* gradient, nint gradientStride, PixelRun values, float* sums, float* productSums);

    /// <summary>Passes a gradient back through ReLU6 and adds its sums, as <see cref="AddSums"/> does.</summary>
    internal abstract void MaskAndSum(in MaskCall call);

    /// <summary>Adds numbers to others.</summary>
    internal abstract void Add(float* addends, float* sums, nint count);

    /// <summary>Adds for each channel the sum over rows of the products of two matrices, number by number; both have the same distance between rows.</summary>
    internal abstract void AddProducts(PixelRun left, float* right, double* sums);

    /// <summary>Adds for each channel the sum over pixels.</summary>
    internal abstract void AddPixels(PixelRun values, float* sums);

    /// <summary>Passes the gradient of a mean over pixels back through ReLU6, in place, and adds its sums.</summary>
    internal abstract void MaskMeanGradient(PixelRun activations, float* gradient, float factor, float* sums);

    /// <summary>Computes a row of a depthwise convolution, and adds the sums of its numbers and of their squares.</summary>
    internal abstract void Depthwise(int stride, in DepthwiseForwardRow row);

    /// <summary>Passes the gradient of a depthwise convolution back to a row of its input, through ReLU6, and adds the gradient of its weights.</summary>
    internal abstract void DepthwiseGradient(int stride, in DepthwiseBackwardRow row);

    private static TrainingKernels CreateWidest() => true switch
    {
        _ when Vector512.IsHardwareAccelerated => new TrainingKernels<Simd512, Vector512<float>>(),
        _ when Vector256.IsHardwareAccelerated => new TrainingKernels<Simd256, Vector256<float>>(),
        _ when Vector128.IsHardwareAccelerated => new TrainingKernels<Simd128, Vector128<float>>(),
        _ => new TrainingKernels<SimdScalar, float>(),
    };
}
