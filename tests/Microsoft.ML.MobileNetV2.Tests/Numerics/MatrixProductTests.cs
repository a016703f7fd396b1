using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Numerics;

[TestClass]
public sealed class MatrixProductTests
{
    private const double Tolerance = 2e-6;

    public static IEnumerable<(int Rows, int Columns, int Depth)> Shapes =>
    [
        (1, 1, 1), (1, 100, 1280), (2, 5, 64), (3, 7, 300), (4, 1, 9), (4, 16, 1), (5, 15, 17), (6, 16, 256), (6, 32, 257), (7, 17, 255),
        (12, 33, 512), (13, 31, 513), (64, 100, 300), (97, 257, 31), (100, 190, 64), (191, 3, 70), (193, 65, 129), (320, 49, 96),
    ];

    [TestMethod]
    [DynamicData(nameof(Shapes))]
    public void Multiply_EveryTransposition_AgreesWithFloat64(int rows, int columns, int depth)
    {
        foreach ((bool isATransposed, bool isBTransposed) in new[] { (false, false), (false, true), (true, false), (true, true) })
        {
            ProductCase product = new(rows, columns, depth, isATransposed, isBTransposed);
            float[] actual = new float[rows * columns];

            MatrixProduct.Multiply(product.A, product.B, new(actual, rows, columns));

            product.AssertEqual(actual, Tolerance);
        }
    }

    [TestMethod]
    [DataRow(40, 60, 50_000, DisplayName = "deep: split along the depth, which adds halves")]
    [DataRow(50_000, 10, 100, DisplayName = "tall: split between rows")]
    [DataRow(10, 50_000, 100, DisplayName = "wide: split between columns")]
    [DataRow(2, 9_000, 100, DisplayName = "two rows: never packed")]
    public void Multiply_LargerThanOnePass_AgreesWithFloat64(int rows, int columns, int depth)
    {
        ProductCase product = new(rows, columns, depth, isATransposed: false, isBTransposed: true);
        float[] actual = new float[rows * columns];

        MatrixProduct.Multiply(product.A, product.B, new(actual, rows, columns));

        product.AssertEqual(actual, Tolerance);
    }

    [TestMethod]
    [DataRow(3, 20, 40, DisplayName = "few rows")]
    [DataRow(50, 70, 300, DisplayName = "two blocks of depth")]
    [DataRow(50, 70, 0, DisplayName = "nothing to add")]
    public void Multiply_Added_KeepsWhatWasThere(int rows, int columns, int depth)
    {
        ProductCase product = new(rows, columns, depth, isATransposed: false, isBTransposed: false);
        float[] actual = new float[rows * columns];
        Array.Fill(actual, 2f);

        MatrixProduct.Multiply(product.A, product.B, new(actual, rows, columns), accumulate: true);

        product.AssertEqual([.. actual.Select(value => value - 2f)], 1e-5);
    }

    [TestMethod]
    public void Multiply_NotAdded_IgnoresWhatWasThere()
    {
        ProductCase product = new(50, 70, 0, isATransposed: false, isBTransposed: false);
        float[] actual = new float[50 * 70];
        Array.Fill(actual, float.NaN);

        MatrixProduct.Multiply(product.A, product.B, new(actual, 50, 70));

        Assert.IsTrue(Array.TrueForAll(actual, value => value == 0));
    }

    [TestMethod]
    public void Multiply_PartOfALargerMatrix_LeavesTheRestAlone()
    {
        const int Rows = 29;
        const int Columns = 37;
        const int Stride = 50;
        ProductCase product = new(Rows, Columns, 300, isATransposed: false, isBTransposed: false);
        float[] whole = new float[Rows * Stride];
        Array.Fill(whole, -7f);

        MatrixProduct.Multiply(product.A, product.B, new(whole, Rows, Columns, Stride));

        product.AssertEqual([.. Enumerable.Range(0, Rows).SelectMany(row => whole.Skip(row * Stride).Take(Columns))], Tolerance);
        Assert.IsTrue(Enumerable.Range(0, whole.Length).Where(i => i % Stride >= Columns).All(i => whole[i] == -7f));
    }

    [TestMethod]
    public void Multiply_AnyNumberOfThreads_GivesTheSameBits()
    {
        ProductCase product = new(150, 210, 700, isATransposed: true, isBTransposed: false);
        float[] expected = new float[150 * 210];
        MatrixProduct.Multiply(product.A, product.B, new(expected, 150, 210), maxThreads: 1);

        foreach (int threads in new[] { 2, 3, 8 })
        {
            float[] actual = new float[expected.Length];
            MatrixProduct.Multiply(product.A, product.B, new(actual, 150, 210), maxThreads: threads);
            Assert.AreSequenceEqual(expected, actual);
        }
    }

    [TestMethod]
    public void Multiply_FromManyThreadsAtOnce_AgreesWithFloat64() => Parallel.For(0, 40, _ =>
    {
        ProductCase product = new(70, 90, 300, isATransposed: false, isBTransposed: true);
        float[] actual = new float[70 * 90];

        MatrixProduct.Multiply(product.A, product.B, new(actual, 70, 90));

        product.AssertEqual(actual, Tolerance);
    });

    [TestMethod]
    [DoNotParallelize]
    [DataRow(64, DisplayName = "packed")]
    [DataRow(2, DisplayName = "few rows")]
    public void Multiply_OnceWarm_AllocatesNothing(int rows)
    {
        ProductCase product = new(rows, 100, 300, isATransposed: true, isBTransposed: true);
        float[] c = new float[rows * 100];
        MatrixProduct.Multiply(product.A, product.B, new(c, rows, 100), maxThreads: 1);

        Assert.AreEqual(0, AllocationMeter.LeastAllocatedBytes(() => MatrixProduct.Multiply(product.A, product.B, new(c, rows, 100), maxThreads: 1)));
    }

    [TestMethod]
    public void Multiply_ShapesThatDoNotFit_NamesThem()
    {
        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(
            () => MatrixProduct.Multiply(new(new float[6], 2, 3), new(new float[8], 4, 2), new(new float[4], 2, 2)));

        Assert.StartsWith("(2, 3) times (4, 2) does not give (2, 2).", exception.Message);
    }
}
