using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Tests.Inference;

[TestClass]
public sealed class LookAheadTests
{
    private const int Degree = 3;

    [TestMethod]
    public void MoveNext_ReturnsItemsInOrder_HoweverLongEachTakes()
    {
        int next = 0;
        using LookAhead<Slot> items = new(Degree, () => new Slot(Spin), slot => (slot.Item = next++) < 500);
        List<int> seen = [];

        while (items.MoveNext())
        {
            seen.Add(items.Current.Result);
        }

        Assert.AreSequenceEqual(Enumerable.Range(0, 500).Select(item => item * 2), seen);
    }

    [TestMethod]
    public void MoveNext_NeverWorksOnMoreItemsAtOnceThanItsDegree()
    {
        int next = 0;
        int present = 0;
        int most = 0;
        object gate = new();
        using LookAhead<Slot> items = new(
            Degree,
            () => new Slot(item =>
            {
                lock (gate)
                {
                    most = Math.Max(most, ++present);
                }

                Spin(item);
                lock (gate)
                {
                    present--;
                }
            }),
            slot => (slot.Item = next++) < 300);

        while (items.MoveNext())
        {
        }

        Assert.IsInRange(1, Degree, most);
    }

    [TestMethod]
    public void MoveNext_ReadsTheSourceOnlyAsFarAsThereAreSlots()
    {
        int read = 0;
        using LookAhead<Slot> items = new(Degree, () => new Slot(_ => { }), slot => (slot.Item = read++) >= 0);

        items.MoveNext();

        Assert.IsLessThanOrEqualTo(Degree * 4 + 1, read);
    }

    [TestMethod]
    public void Current_OfAnItemThatFailed_CarriesItsErrorAndTheNextOnesGoOn()
    {
        int next = 0;
        using LookAhead<Slot> items = new(
            Degree,
            () => new Slot(item => _ = item == 5 ? throw new InvalidDataException("five") : item),
            slot => (slot.Item = next++) < 10);
        List<string?> errors = [];

        while (items.MoveNext())
        {
            errors.Add(items.Current.Error?.Message);
        }

        Assert.AreSequenceEqual([null, null, null, null, null, "five", null, null, null, null], errors);
    }

    [TestMethod]
    public void MoveNext_SourceThrows_GivesTheItemsBeforeItFirstAndReadsOnAfterwards()
    {
        const int Count = 995;
        int next = 0;
        using LookAhead<Slot> items = new(
            Degree, () => new Slot(Spin), slot => (slot.Item = next++) % 10 == 9 ? throw new TimeoutException("nine") : slot.Item < Count);
        List<int> seen = [];

        while (true)
        {
            try
            {
                if (!items.MoveNext())
                {
                    break;
                }

                seen.Add(items.Current.Item);
            }
            catch (TimeoutException)
            {
                seen.Add(-1);
            }
        }

        Assert.AreSequenceEqual(Enumerable.Range(0, Count).Select(item => item % 10 == 9 ? -1 : item), seen);
    }

    [TestMethod]
    public void Dispose_InTheMiddle_LeavesNoWorkBehind()
    {
        int next = 0;
        int running = 0;
        LookAhead<Slot> items = new(
            Degree,
            () => new Slot(item =>
            {
                Interlocked.Increment(ref running);
                Spin(item);
                Interlocked.Decrement(ref running);
            }),
            slot => (slot.Item = next++) >= 0);
        items.MoveNext();

        items.Dispose();

        Assert.AreEqual(0, Volatile.Read(ref running));
        Assert.IsFalse(items.MoveNext(), "a disposed sequence is at its end");
    }

    private static void Spin(int item) => Thread.SpinWait(item * 7919 % 1000);

    private sealed class Slot(Action<int> work) : WorkItem
    {
        internal int Item { get; set; }

        internal int Result { get; private set; }

        protected override void Run()
        {
            work(Item);
            Result = Item * 2;
        }
    }
}
