"""The least Streamlit can show: what the load benchmark measures the dashboard against."""

import streamlit as st

st.title("A title")
